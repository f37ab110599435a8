"""A new ledger: its empty tables, and the file that says what it is."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from narvaro.errors import LedgerDamaged
from narvaro.ledger import keys, published, store
from narvaro.ledger.snapshot import BEGINNING, Batch
from narvaro.ledger.tables import BATCHES, TABLES

FORMAT = 1


def make(folder: Path) -> None:
    """Make an empty ledger in a folder; what a killed maker left there is made anew.

    The file `ledger.json` comes last: without it there is no ledger.
    """
    made = keys.read_or_make(keys.key_file_of(folder), may_make=True)
    for name in ("tables", "batches"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in TABLES:
        add_table(folder, name)
    (folder / "batches").mkdir()
    store.create(folder / "batches", BATCHES)
    about = folder / "ledger.json.new"
    about.write_text(
        json.dumps({"format": FORMAT, "fingerprint": made.fingerprint}), encoding="utf-8"
    )
    now = datetime.now(UTC)
    first = Batch(0, "made", "", "", now, BEGINNING, "", {}, dict.fromkeys(TABLES, 0))
    published.append_batch(folder, first)
    about.replace(folder / "ledger.json")


def add_table(folder: Path, name: str) -> None:
    """Make one empty table; what a killed maker left of it is made anew."""
    shutil.rmtree(folder / "tables" / name, ignore_errors=True)
    (folder / "tables" / name).mkdir(parents=True)
    store.create(folder / "tables" / name, TABLES[name])


def read_about(file: Path) -> dict[str, Any]:
    """Read what a ledger says of itself: its format, and the fingerprint of its key file."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if found["format"] == FORMAT and isinstance(found["fingerprint"], str):
            return dict(found)
    except (ValueError, KeyError, TypeError):
        pass
    raise LedgerDamaged(
        f"{file.name}, which says what the ledger is, cannot be read as format {FORMAT}.",
        remedy="Put that file back from a backup of this ledger; its tables were not touched.",
    )
