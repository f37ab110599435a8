"""The files of the counted tables, from the events of resolved lessons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.ledger import store
from narvaro.ledger.tables import LESSON_COUNTS, PUPIL_MINUTES, TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DERIVED = (
    ("pupil_events", "rows", None),
    ("pupil_events", "pupil_day", PUPIL_MINUTES),
    ("pupil_events", "pupil_month", PUPIL_MINUTES),
    ("lesson_events", "lesson_rows", None),
    ("lesson_events", "lesson_day", LESSON_COUNTS),
    ("teacher_events", "lesson_teachers", None),
)


def write_counted(con: DuckDBPyConnection, tables: Path) -> dict[str, list[store.WrittenFile]]:
    """Write what each counted table gains by the events that `resolve` made."""
    found = {}
    for events, name, sums in _DERIVED:
        table = TABLES[name]
        query = f"SELECT * FROM {events}"
        if sums:
            keys = ", ".join(f'"{c}"' for c in table.columns if c not in sums)
            totals = ", ".join(f"sum({column}) AS {column}" for column in sums)
            changed = " OR ".join(f"sum({column}) <> 0" for column in sums)
            query = f"SELECT {keys}, {totals} FROM {events} GROUP BY {keys} HAVING {changed}"
        found[name] = store.write_files(con, query, tables / name, table)
    return found
