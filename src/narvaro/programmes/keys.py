"""What a key and a table of a TOML file are, and the keys that most tables have."""

from __future__ import annotations

from dataclasses import dataclass

from narvaro.programmes.model import Sourced
from narvaro.programmes.values import SLUG, TEXTS, YES_NO, Kind, listed


@dataclass(frozen=True)
class Key:
    """One key. `attribute` is its name in the value built from the table."""

    name: str
    kind: Kind
    help: str
    required: bool = False
    default: object = None
    attribute: str = ""

    @property
    def builds(self) -> str:
        return self.attribute or self.name


@dataclass(frozen=True)
class Table:
    """One table of a file: `[name]`, or `[[name]]` when it is repeated; the keys on top have no name.

    `file` is what a fault calls the file, said of the keys on top.
    """

    name: str
    help: str
    keys: tuple[Key, ...]
    builds: type
    repeated: bool = False
    file: str = "programme"

    @property
    def header(self) -> str:
        return f"[[{self.name}]]" if self.repeated else f"[{self.name}]"


ID = Key("id", SLUG, "What the rest of the file and the results call it.", required=True)
NAME = Key("name", TEXTS, "What municipal users read.", required=True)
SOURCED = (
    Key("source", listed(SLUG), "Ids of the `sources` it is taken from.", default=()),
    Key(
        "assumption",
        YES_NO,
        "`true` when the source does not state this, or not all of it.",
        default=False,
    ),
    Key(
        "assumption_text",
        TEXTS,
        "What is assumed; shown on every page that uses it. Goes with `assumption = true`.",
    ),
)


def table(name: str, text: str, *keys: Key, builds: type, repeated: bool = False) -> Table:
    """A table; one that is sourced has the keys for that too."""
    sourced = issubclass(builds, Sourced)
    return Table(name, text, keys + (SOURCED if sourced else ()), builds, repeated)
