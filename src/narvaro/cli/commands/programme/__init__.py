"""`narvaro programme …`: the municipality's rules, as dated and sourced files."""

from narvaro.cli.command import Group
from narvaro.cli.commands.programme import check, listing, show

GROUP = Group(
    "programme",
    "the rules pupils are held against: list, show, check",
    "A programme is a municipality's working model: its rules, whom they concern, since when they "
    "hold, and which document says so. Shipped ones have an id; your own is a .toml file.",
    (listing.COMMAND, show.COMMAND, check.COMMAND),
)
