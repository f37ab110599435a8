"""The reference page of the command line is the one the parsers write."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from narvaro.cli.command import Command
from narvaro.cli.commands import COMMANDS
from narvaro.cli.parsing import Parser, make_parser, read_options
from narvaro.cli.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"


def every_command() -> Iterator[Command]:
    for command in COMMANDS:
        yield from (command,) if isinstance(command, Command) else command.commands


def examples() -> Iterator[str]:
    for command in every_command():
        yield from (typed for typed, _ in command.examples)


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(COMMANDS), (
        "run: python -m narvaro.cli.reference > docs/reference/command-line.md"
    )


def test_every_command_teaches_with_a_paragraph_and_two_examples() -> None:
    for command in every_command():
        assert len(command.paragraph) > 80, command.name
        assert len(command.examples) >= 2, command.name
        assert all(meaning for _, meaning in command.examples), command.name


@pytest.mark.parametrize("typed", list(examples()))
def test_every_example_can_be_typed(typed: str) -> None:
    words = shlex.split(typed.partition(" | ")[0].partition(" > ")[0])

    assert words[0] == "narvaro"
    assert callable(read_options(make_parser(COMMANDS), words[1:]).call)


def test_no_option_of_a_command_takes_a_name_that_the_shell_needs() -> None:
    for command in every_command():
        parser = Parser(command.name)
        command.add_arguments(parser)

        assert not {action.dest for action in parser._actions} & {"call", "json", "tells_version"}
