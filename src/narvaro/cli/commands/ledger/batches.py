"""`narvaro ledger batches`: what was taken in, and when."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.options import add_ledger, ledger_of
from narvaro.cli.output import Column, Out

if TYPE_CHECKING:
    from narvaro.ledger import Batch


def _add_arguments(parser: ArgumentParser) -> None:
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    rows = [_batch(batch) for batch in ledger_of(options).batches()]
    out.answer(rows)
    out.table(rows, COLUMNS)
    return 0


def _batch(batch: Batch) -> dict[str, Any]:
    return {
        "batch": batch.batch,
        "kind": batch.kind,
        "source": batch.source or None,
        "authority": batch.authority or None,
        "arrived_at": batch.arrived_at,
        "rows": rows_told(batch),
        "counts": dict(sorted(batch.counts.items())),
        "content": batch.content or None,
    }


def rows_told(batch: Batch) -> int:
    """How many rows of the exchange format the batch added."""
    from narvaro.ledger.tables import TABLES

    return sum(
        count for name, count in batch.counts.items() if name in TABLES and TABLES[name].is_told
    )


COLUMNS = (
    Column("batch", "Batch", is_number=True),
    Column("kind", "Kind"),
    Column("source", "Source"),
    Column("arrived_at", "Arrived"),
    Column("rows", "Rows", is_number=True),
)
COMMAND = Command(
    "batches",
    "list every batch that was taken in",
    "Lists the batches of the ledger, oldest first: what was taken in, from which source, when "
    "it arrived, and how many rows each table gained. A refused delivery leaves no batch.",
    (
        ("narvaro ledger batches", "all batches, one a line"),
        ("narvaro ledger batches --json", "the same with the counts of every table"),
    ),
    _add_arguments,
    _run,
)
