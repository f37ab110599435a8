"""`narvaro ledger compact`: fewer files, the same answers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from narvaro.cli.command import Command
from narvaro.cli.options import add_ledger, ledger_of
from narvaro.cli.output import Column, Out


def _add_arguments(parser: ArgumentParser) -> None:
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    ledger = ledger_of(options)
    before = ledger.batches()[-1].batch
    with out.progress("Compacting"):
        batch = ledger.compact()
    counts = batch.counts if batch.batch > before else {}
    rows = [{"table": name, "files": files} for name, files in sorted(counts.items())]
    out.answer(rows, batch=batch.batch)
    out.table(rows, COLUMNS, empty="Nothing to do: no month has more than eight files.")
    return 0


COLUMNS = (Column("table", "Table"), Column("files", "Files replaced", is_number=True))
COMMAND = Command(
    "compact",
    "rewrite months of many small files as one; no answer changes",
    "Rewrites every month of more than eight files as one sorted file. Imports do so themselves; "
    "this is for a ledger that was fed in many small portions. No figure changes, and readers "
    "are not disturbed.",
    (
        ("narvaro ledger compact", "the ledger of this folder or of $NARVARO_LEDGER"),
        ("narvaro ledger compact --json", "the same, with the number of files replaced"),
    ),
    _add_arguments,
    _run,
)
