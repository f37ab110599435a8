"""The entry: one call of `narvaro`, from words to an exit code."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from narvaro.cli.command import Command, Group
from narvaro.cli.complaints import Complaint, complaint_of
from narvaro.cli.output import Out
from narvaro.errors import NarvaroError

INTERRUPTED = 130


def main(
    argv: Sequence[str] | None = None, *, commands: Sequence[Command | Group] | None = None
) -> int:
    """Run one command. Returns its exit code; every error becomes one message on standard error."""
    words = list(sys.argv[1:] if argv is None else argv)
    out = Out(as_json="--json" in words)
    try:
        code = _run(words, out, commands)
        out.flush()
        return code
    except BrokenPipeError:
        _let_go_of_the_pipe()
        return 0
    except KeyboardInterrupt:
        return _stopped(out, Complaint("interrupted", "Stopped.", exit_code=INTERRUPTED))
    except Exception as error:  # noqa: BLE001 the last place where it can become one sentence
        return _stopped(out, complaint_of(error))


def _run(words: list[str], out: Out, commands: Sequence[Command | Group] | None) -> int:
    from narvaro.cli.parsing import make_parser, read_options

    parser = make_parser(_all_commands() if commands is None else commands)
    try:
        options = read_options(parser, words)
    except SystemExit as left:  # --help has printed and wants to leave
        return left.code if isinstance(left.code, int) else 0
    if options.tells_version:
        return _version(out)
    if options.call is None:
        getattr(options, "help_of", parser).print_help()
        return 0
    return _call(options, out)


def _all_commands() -> Sequence[Command | Group]:
    from narvaro.cli.commands import COMMANDS

    return COMMANDS


def _call(options: Namespace, out: Out) -> int:
    code = options.call(options, out)
    if not isinstance(code, int):
        raise NarvaroError("A command gave no exit code.")
    return code


def _version(out: Out) -> int:
    from importlib.metadata import version

    out.line(f"narvaro {version('narvaro')}")
    return 0


def _stopped(out: Out, complaint: Complaint) -> int:
    out.complain(complaint)
    return complaint.exit_code


def _let_go_of_the_pipe() -> None:
    """The reader has gone (`| head`); what is still buffered must not fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
