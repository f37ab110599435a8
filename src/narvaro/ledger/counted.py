"""The files of the counted tables, from the events of resolved lessons."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.ledger import store
from narvaro.ledger.tables import LESSON_COUNTS, PUPIL_MINUTES, TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DERIVED = (
    ("pupil", "rows", None),
    ("pupil", "pupil_day", PUPIL_MINUTES),
    ("pupil", "pupil_month", PUPIL_MINUTES),
    ("lesson", "lesson_rows", None),
    ("lesson", "lesson_day", LESSON_COUNTS),
    ("teacher", "lesson_teachers", None),
)


EVENTS = ("pupil", "lesson", "teacher")
"""What `resolve` makes events of."""


def write_counted(
    con: DuckDBPyConnection, tables: Path, events: Collection[str] = EVENTS
) -> dict[str, list[store.WrittenFile]]:
    """Write what each counted table gains by the events that `resolve` made."""
    found = {}
    for event, name, sums in _DERIVED:
        if event not in events:
            continue
        table = TABLES[name]
        query = f"SELECT * FROM {event}_events"
        if sums:
            keys = ", ".join(f'"{c}"' for c in table.columns if c not in sums)
            totals = ", ".join(f"sum({column}) AS {column}" for column in sums)
            changed = " OR ".join(f"sum({column}) <> 0" for column in sums)
            query = f"SELECT {keys}, {totals} FROM {event}_events GROUP BY {keys} HAVING {changed}"
        found[name] = store.write_files(con, query, tables / name, table)
    return found
