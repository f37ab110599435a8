"""The rows of a kept run: its one row, its flags, and what changed since the one before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from narvaro.engine import connect
from narvaro.ledger import store
from narvaro.ledger.tables import TABLES

Kept = Sequence[tuple[int, str, str]]
"""Pupil number, rule, record as JSON."""


def write_run(
    tables: Path, run_row: str, flags: Kept, changes: Kept, *, about: str
) -> dict[str, list[store.WrittenFile]]:
    """Write a run's files, seen by nobody yet; `about` are the columns that name the run."""
    con = connect()
    _fill(con, "kept", flags)
    _fill(con, "changed", changes)
    return {
        name: store.write_files(con, query, tables / name, TABLES[name])
        for name, query in (
            ("flags", f"SELECT *, {about} FROM kept"),
            ("run_changes", f"SELECT *, {about} FROM changed"),
            ("runs", run_row),
        )
    }


def _fill(con: Any, name: str, values: Kept) -> None:
    con.execute(f'CREATE TEMP TABLE {name} (pupil BIGINT, rule VARCHAR, "row" VARCHAR)')
    if values:
        columns = [list(column) for column in zip(*values, strict=True)]
        con.execute(f"INSERT INTO {name} SELECT unnest(?), unnest(?), unnest(?)", columns)
