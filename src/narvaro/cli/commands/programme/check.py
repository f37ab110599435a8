"""`narvaro programme check`: every fault of a programme file, by line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from narvaro.cli.command import Command
from narvaro.cli.output import Column, Out


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "programme",
        nargs="*",
        help="ids or paths of .toml files; none means every shipped programme",
    )


def _run(options: Namespace, out: Out) -> int:
    from narvaro.programmes import load, programme_ids

    rows = []
    for one in options.programme or programme_ids():
        found = load(one)
        row = {"programme": found.id, "version": found.version, "fingerprint": found.fingerprint}
        rows.append(row | {"assumptions": len(found.assumptions)})
    out.answer(rows)
    out.table(rows, COLUMNS, title="Nothing wrong was found.")
    return 0


COLUMNS = (
    Column("programme", "Programme"),
    Column("version", "Version", is_number=True),
    Column("assumptions", "Assumptions", is_number=True),
)
COMMAND = Command(
    "check",
    "find everything wrong with a programme file",
    "Checks a programme before it is used: unknown keys and roles, steps that nothing leads to, "
    "limits that are no per cent, sources that are not listed. Every fault is told at once with "
    "its line and what to do; ends with 3 when there is any.",
    (
        ("narvaro programme check ours.toml", "your own"),
        ("narvaro programme check", "every shipped one"),
    ),
    _add_arguments,
    _run,
)
