"""The reference page of the command line, written from the parsers themselves.

`python -m narvaro.cli.reference` prints docs/reference/command-line.md.
"""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser
from collections.abc import Iterator, Sequence

from narvaro.cli.command import Command, Group
from narvaro.cli.parsing import Parser

OPENING = """# The command line

<!-- Written by `python -m narvaro.cli.reference`; a test refuses a page that is out of date. -->

`narvaro COMMAND --help` says the same in the terminal. Every command takes `--json`: one JSON
object on standard output, with its rows under `rows`; an error is then one JSON object on
standard error, and standard output is empty. Colours and progress come on a terminal only
(`NO_COLOR` is respected). `NARVARO_LEDGER` names the ledger when `--ledger` does not;
`NARVARO_KEY_FILE` names the file with the secret that pupils' keys are made with;
`NARVARO_DEBUG=1` shows where an unexpected error came from.
"""
EXIT_CODES = """
## Exit codes

| code | when |
|---|---|
| 0 | done |
| 1 | something unexpected went wrong |
"""


def reference(commands: Sequence[Command | Group]) -> str:
    """The page, in Markdown."""
    lines = [OPENING]
    for command in commands:
        lines += _chapter(command)
    return "\n".join([*lines, _exit_codes()])


def _chapter(command: Command | Group) -> Iterator[str]:
    if isinstance(command, Command):
        yield from _section(command, f"narvaro {command.name}", level=2)
        return
    yield f"## narvaro {command.name}\n\n{command.paragraph}\n"
    for one in command.commands:
        yield from _section(one, f"narvaro {command.name} {one.name}", level=3)


def _section(command: Command, name: str, *, level: int) -> Iterator[str]:
    parser = Parser(name, add_help=False)
    command.add_arguments(parser)
    yield f"{'#' * level} {name}\n\n{command.paragraph}\n"
    yield from _options(parser)
    yield "```console"
    for typed, meaning in command.examples:
        yield f"# {meaning}\n$ {typed}"
    yield "```\n"


def _options(parser: ArgumentParser) -> Iterator[str]:
    actions = parser._actions
    if actions:
        yield "| option | what it is |\n|---|---|"
        for action in actions:
            yield f"| `{_spelt(action)}` | {_told(action)} |"
        yield ""


def _spelt(action: Action) -> str:
    if action.nargs == 0:
        return action.option_strings[-1]
    value = action.metavar or "\\|".join(map(str, action.choices or ())) or action.dest.upper()
    return f"{action.option_strings[-1]} {value}" if action.option_strings else str(value)


def _told(action: Action) -> str:
    needed = ". **Required**" if action.required and action.option_strings else ""
    return (action.help or "").replace("|", "\\|").replace("%%", "%") + needed


def _exit_codes() -> str:
    from narvaro import errors

    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.NarvaroError) and kind.exit_code > 1
    ]
    rows = [
        f"| {kind.exit_code} | {' '.join((kind.__doc__ or '').split())} |"
        for kind in sorted(kinds, key=lambda kind: kind.exit_code)
    ]
    return EXIT_CODES + "\n".join([*rows, "| 130 | stopped with Ctrl-C |", ""])


if __name__ == "__main__":
    from narvaro.cli.commands import COMMANDS

    sys.stdout.write(reference(COMMANDS))
