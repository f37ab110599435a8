"""What a command is: a name, a help that teaches, its options, and the call it makes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narvaro.cli.output import Out


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `paragraph` says when to use it; `examples` are (what is typed, what it does).

    `run` gets the parsed options and the output, and returns the exit code.
    """

    name: str
    summary: str
    paragraph: str
    examples: tuple[tuple[str, str], ...]
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, Out], int]


@dataclass(frozen=True, slots=True)
class Group:
    """Commands that share their first word."""

    name: str
    summary: str
    paragraph: str
    commands: tuple[Command, ...]
