"""The command line: parse, call, print."""

from narvaro.cli.main import main

__all__ = ["main"]
