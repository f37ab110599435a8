"""The table of batches: the one row that makes everything a batch wrote visible."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from narvaro.engine import connect, load_parquet
from narvaro.ledger import store
from narvaro.ledger.snapshot import Batch
from narvaro.ledger.tables import BATCHES

TAKES_BACK = "takes back "
"""How the content of a batch begins that takes another back; then comes that one's number."""


def read_batches(ledger: Path) -> list[Batch]:
    """Return every published batch, oldest first."""
    folder = ledger / "batches"
    files = store.table_files(folder, BATCHES, store.newest_version(folder))
    columns = ", ".join(f'"{name}"' for name in BATCHES.columns)
    query = f"SELECT {columns} FROM {load_parquet(files)} ORDER BY batch"
    return [_batch(row) for row in connect().execute(query).fetchall()]


def still_told(batches: Sequence[Batch]) -> list[Batch]:
    """The batches that none of them takes back; a delivery taken back may come again."""
    contents = {batch.content.rpartition(":")[2] for batch in batches}
    return [one for one in batches if f"{TAKES_BACK}{one.batch}" not in contents]


def append_batch(ledger: Path, batch: Batch) -> None:
    """Write a batch's row. Raises LedgerBusy where another writer has published that number."""
    con = connect()
    record = {
        **{name: getattr(batch, name) for name in BATCHES.columns},
        "counts": json.dumps(dict(batch.counts)),
        "versions": json.dumps(dict(batch.versions)),
    }
    columns = ", ".join(f"${name}::{kind} AS {name}" for name, kind in BATCHES.columns.items())
    con.execute(f"CREATE TEMP TABLE batch_row AS SELECT {columns}", record)
    folder = ledger / "batches"
    written = store.write_files(con, "FROM batch_row", folder, BATCHES)
    store.commit(folder, BATCHES, add=written, transaction=("ledger", batch.batch))


def _batch(row: Sequence[Any]) -> Batch:
    named = dict(zip(BATCHES.columns, row, strict=True))
    named["counts"] = json.loads(named["counts"])
    named["versions"] = json.loads(named["versions"])
    return Batch(**named)
