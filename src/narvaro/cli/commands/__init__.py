"""The commands, in the order the work is done."""

from narvaro.cli.command import Command, Group

COMMANDS: tuple[Command | Group, ...] = ()
