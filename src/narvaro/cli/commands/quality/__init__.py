"""`narvaro quality`: how far the registrations can be trusted."""

from narvaro.cli.commands.quality.command import COMMAND

__all__ = ["COMMAND"]
