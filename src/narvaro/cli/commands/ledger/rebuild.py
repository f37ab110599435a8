"""`narvaro ledger rebuild`: count everything again from what was told, and keep that."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from narvaro.cli.command import Command
from narvaro.cli.options import add_ledger, ledger_of
from narvaro.cli.output import Column, Out


def _add_arguments(parser: ArgumentParser) -> None:
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    from narvaro.ledger.upkeep import SUMS

    ledger = ledger_of(options)
    with out.progress("Counting everything again") as progress:
        batch = ledger.rebuild(progress=progress)
    rows = [{"table": name, "files": batch.counts.get(name, 0)} for name in SUMS]
    out.answer(rows, batch=batch.batch)
    out.table(rows, COLUMNS)
    return 0


COLUMNS = (Column("table", "Table"), Column("files", "Files replaced", is_number=True))
COMMAND = Command(
    "rebuild",
    "count everything again and keep that instead of the stored sums",
    "Replaces every stored sum by one counted again from what was told. For a ledger of which "
    "`narvaro ledger verify` says that sums differ, or that a file of sums is torn or gone. What "
    "was told is not touched, and must be whole: else it ends with 10 and names the files. Takes "
    "about as long as importing everything; readers are not disturbed.",
    (
        ("narvaro ledger rebuild", "the ledger of this folder or of $NARVARO_LEDGER"),
        ("narvaro ledger rebuild --json", "the same, with the number of files replaced"),
    ),
    _add_arguments,
    _run,
)
