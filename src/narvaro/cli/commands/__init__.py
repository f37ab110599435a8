"""The commands, in the order the work is done."""

from narvaro.cli.command import Command, Group
from narvaro.cli.commands import demo, ledger, measure

COMMANDS: tuple[Command | Group, ...] = (demo.COMMAND, measure.COMMAND, ledger.GROUP)
