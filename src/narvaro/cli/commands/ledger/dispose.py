"""`narvaro ledger dispose`: remove pupils from every table and every file, for good."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from narvaro.cli.command import Command
from narvaro.cli.options import add_ledger, ledger_of
from narvaro.cli.output import Column, Out
from narvaro.errors import BadRequest, HeldForConfirmation


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--pupils",
        metavar="FILE",
        type=Path,
        required=True,
        help="a text file with one pupil key a line",
    )
    parser.add_argument(
        "--rule", required=True, help="the retention rule this follows; kept as the only trace"
    )
    parser.add_argument("--confirm", action="store_true", help="do it; it cannot be undone")
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    pupils = _keys_in(options.pupils)
    if not options.confirm:
        raise HeldForConfirmation(
            f"{len(pupils)} pupils would be removed for good, from every file of the ledger.",
            remedy="Run it again with --confirm; it cannot be undone.",
        )
    ledger = ledger_of(options)
    with out.progress("Disposing"):
        batch = ledger.dispose(pupils, rule=options.rule)
    rows = [{"rule": options.rule, "pupils": len(pupils), "batch": batch.batch}]
    out.answer(rows)
    out.table(rows, COLUMNS)
    return 0


def _keys_in(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines())
    found = list(dict.fromkeys(line for line in lines if line))
    if not found:
        raise BadRequest(f"{file.name} names no pupil.", remedy="Write one pupil key a line.")
    return found


COLUMNS = (
    Column("rule", "Rule"),
    Column("pupils", "Pupils", is_number=True),
    Column("batch", "Batch", is_number=True),
)
COMMAND = Command(
    "dispose",
    "remove pupils for good, when the law says so",
    "Removes pupils from every table and rewrites every file that held them; afterwards no file "
    "under the ledger holds their keys. What stays is a row with the date, the rule and how many "
    "they were. This is the one exception to keeping everything, and it cannot be undone: "
    "without --confirm nothing is done.",
    (
        (
            'narvaro ledger dispose --pupils keys.txt --rule "left five years ago"',
            "says how many would go, and waits",
        ),
        (
            'narvaro ledger dispose --pupils keys.txt --rule "left five years ago" --confirm',
            "removes them",
        ),
    ),
    _add_arguments,
    _run,
)
