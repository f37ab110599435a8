"""`narvaro source …`: where rows come from, looked at before anything is taken in."""

from narvaro.cli.command import Group
from narvaro.cli.commands.source import check, inspect, preview, profiles

GROUP = Group(
    "source",
    "look at files and servers before taking anything in",
    "Registrations come as files of many systems, each read by a mapping profile, or from an "
    "SS 12000 server. These commands look and take nothing: what a file's columns are, what a "
    "profile makes of its rows, what a server offers. `narvaro import` takes it in.",
    (inspect.COMMAND, preview.COMMAND, profiles.COMMAND, check.COMMAND),
)
