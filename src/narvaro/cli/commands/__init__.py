"""The commands, in the order the work is done."""

from narvaro.cli.command import Command, Group
from narvaro.cli.commands import ledger, measure

COMMANDS: tuple[Command | Group, ...] = (measure.COMMAND, ledger.GROUP)
