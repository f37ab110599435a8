"""`narvaro ledger status`: the newest batch, each source, and the room it takes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.commands.ledger.batches import rows_told
from narvaro.cli.options import add_ledger, ledger_of
from narvaro.cli.output import Column, Out

if TYPE_CHECKING:
    from narvaro.ledger import Batch


def _add_arguments(parser: ArgumentParser) -> None:
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    ledger = ledger_of(options)
    batches = ledger.batches()
    last, rows = batches[-1], _by_source(batches)
    size = _bytes_in(ledger.folder)
    out.answer(
        rows,
        ledger=ledger.folder,
        batch=last.batch,
        kind=last.kind,
        arrived_at=last.arrived_at,
        newest_recorded_at=last.newest_recorded_at if rows else None,
        bytes=size,
    )
    out.line(f"Ledger {ledger.folder}: batch {last.batch} ({last.kind}), {size / 1e6:.1f} MB.")
    out.table(rows, COLUMNS, empty="Nothing has been taken in yet.")
    return 0


def _by_source(batches: Sequence[Batch]) -> list[dict[str, Any]]:
    """What each source has delivered; the newest arrival last told."""
    found: dict[str, dict[str, Any]] = {}
    for batch in batches:
        if batch.kind != "delivery":
            continue
        row = found.setdefault(batch.source, {"source": batch.source, "deliveries": 0, "rows": 0})
        row["deliveries"] += 1
        row["rows"] += rows_told(batch)
        row["last_batch"], row["last_arrived_at"] = batch.batch, batch.arrived_at
    return [found[source] for source in sorted(found)]


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


COLUMNS = (
    Column("source", "Source"),
    Column("deliveries", "Deliveries", is_number=True),
    Column("rows", "Rows", is_number=True),
    Column("last_batch", "Last batch", is_number=True),
    Column("last_arrived_at", "Arrived"),
)
COMMAND = Command(
    "status",
    "the newest batch, and when each source last delivered",
    "Shows where the ledger stands: its newest batch, how much each source has delivered and "
    "when it last did, and how much room the ledger takes. A source that has fallen silent is "
    "seen here.",
    (
        ("narvaro ledger status", "the ledger of this folder or of $NARVARO_LEDGER"),
        ("narvaro ledger status --ledger town/ledger --json", "another one, for a program"),
    ),
    _add_arguments,
    _run,
)
