"""Parsers made from the commands. A wrong option is a BadRequest like any other."""

from __future__ import annotations

from argparse import PARSER, Action, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from shutil import get_terminal_size
from textwrap import fill, indent
from typing import Any, NoReturn

from narvaro.cli.command import Command, Group
from narvaro.errors import BadRequest

DESCRIPTION = (
    "From lesson registrations to flags that explain themselves. Take registrations in, see how "
    "far they can be trusted, measure absence over any window, hold each pupil against the "
    "municipality's own rules, and show the lessons behind every flag."
)
FIRST_STEPS = (
    ("narvaro demo town", "an invented municipality to try everything on"),
    ("narvaro import DIR", "take a delivery in; a faulty one is refused whole"),
    ("narvaro flag --programme boras-2016 --at 2017-12", "every pupil in scope, with the outcome"),
    ("narvaro explain --help", "each command teaches itself"),
)
WIDEST = 96


class Formatter(RawDescriptionHelpFormatter):
    """Leaves room for the commands' names, which stand further in than argparse reckons with."""

    def add_argument(self, action: Action) -> None:
        super().add_argument(action)
        if action.nargs == PARSER:
            self._action_max_length += self._indent_increment


class Parser(ArgumentParser):
    """Raises where argparse would print and exit, and never repeats what was typed."""

    def error(self, message: str) -> NoReturn:
        raise BadRequest(
            f"{_as_sentence(message)}.", remedy=f"`{self.prog} --help` shows what it takes."
        )


def make_parser(commands: Sequence[Command | Group]) -> ArgumentParser:
    """The parser of all commands; the parsed options carry `call` and `json`."""
    parser = _parser(Parser, "narvaro", DESCRIPTION, FIRST_STEPS)
    parser.add_argument(
        "--version", dest="tells_version", action="store_true", help="print the version and stop"
    )
    parser.set_defaults(call=None, json=False)
    _add_all(parser, commands, title="commands")
    return parser


def _parser(make: Any, name: str, text: str, examples: Sequence[tuple[str, str]]) -> ArgumentParser:
    width = min(WIDEST, get_terminal_size().columns)
    made: ArgumentParser = make(
        name,
        description=fill(text, width),
        epilog=in_examples(examples),
        formatter_class=_formatter(width),
        allow_abbrev=False,
    )
    return made


def _formatter(width: int) -> Any:
    def formatter(prog: str) -> RawDescriptionHelpFormatter:
        return Formatter(prog, max_help_position=30, width=width)

    return formatter


def in_examples(examples: Sequence[tuple[str, str]]) -> str | None:
    """Examples as the end of a help text: the words on one line, what they do beneath."""
    lines = (f"{typed}\n{indent(meaning, '    ')}" for typed, meaning in examples)
    return "examples:\n" + indent("\n".join(lines), "  ") if examples else None


def _add_all(parser: ArgumentParser, commands: Sequence[Command | Group], *, title: str) -> None:
    below = parser.add_subparsers(title=title, metavar="COMMAND", parser_class=Parser)
    for command in commands:
        _add(below, command)


def _add(below: Any, command: Command | Group) -> None:
    def make(name: str, **settings: Any) -> ArgumentParser:
        found: ArgumentParser = below.add_parser(name, help=command.summary, **settings)
        return found

    if isinstance(command, Group):
        parser = _parser(make, command.name, command.paragraph, ())
        parser.set_defaults(help_of=parser)
        _add_all(parser, command.commands, title="commands")
        return
    parser = _parser(make, command.name, command.paragraph, command.examples)
    command.add_arguments(parser)
    parser.add_argument(
        "--json", action="store_true", help="one JSON object on standard output, for programs"
    )
    parser.set_defaults(call=command.run)


def read_options(parser: ArgumentParser, words: Sequence[str]) -> Namespace:
    """The options of one call. Raises BadRequest, without repeating what was typed."""
    options, left = parser.parse_known_args(words)
    if left:
        raise BadRequest(_too_much(left), remedy=f"`{parser.prog} --help` shows what there is.")
    return options


def _too_much(left: Sequence[str]) -> str:
    unknown = [word.split("=")[0] for word in left if word.startswith("--")]
    if unknown:
        return f"There is no option {', '.join(unknown)} here."
    return "There are more words than this command takes."


def _as_sentence(message: str) -> str:
    """argparse's complaint without the value that was typed (it could be anybody's key)."""
    kept = message.split(": invalid")[0].strip().rstrip(".")
    if kept != message.strip().rstrip("."):
        choices = message.partition("(choose from ")[2].rstrip(")")
        kept += f" takes {choices}" if choices else " cannot be read"
    return kept[:1].upper() + kept[1:]
