"""Where a load is put together: a file of its own that is thrown away when the load is written.

It keeps memory bounded by nothing but a cache, and it holds keys where people are concerned.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path

Value = str | int | None
_CACHE_KIB = 64 * 1024


class Workbench:
    """The tables of `workbench.sql`, written row by row and read by queries."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._db.executescript(
            files("narvaro.sources.ss12000").joinpath("workbench.sql").read_text(encoding="utf-8")
        )
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def put(self, table: str, row: Mapping[str, Value]) -> str:
        """Add a row: `new`; `same` when it was there; `other` when it replaced another.

        A row with `recorded_at` does not replace one that was recorded later.
        """
        columns = self._columns[table]
        values = tuple(row.get(name) for name in columns)
        marks = ", ".join("?" * len(columns))
        added = self._db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", values)
        if added.rowcount:
            return "new"
        before = self._standing(table, row)
        if before == values:
            return "same"
        if not _is_older(columns, values, before):
            self._db.execute(f"REPLACE INTO {table} VALUES ({marks})", values)
        return "other"

    def put_whole(self, event: str) -> None:
        """Say that everything registered about a lesson is here."""
        self._db.execute("UPDATE events SET complete = 1 WHERE id = ?", (event,))

    def rows(self, query: str, **parameters: Value) -> Iterator[tuple[Value, ...]]:
        """Run a query and read its rows as they come."""
        yield from self._db.execute(query, parameters)

    def run(self, script: str) -> None:
        """Run statements that give no rows."""
        self._db.executescript(script)

    def count(self, query: str, **parameters: Value) -> int:
        """Run a query that gives one number."""
        found = self._db.execute(query, parameters).fetchone()
        return int(found[0] or 0)

    def add_all(self, table: str, rows: Iterator[tuple[Value, ...]]) -> None:
        """Add rows in the order of the table's columns."""
        marks = ", ".join("?" * len(self._columns[table]))
        self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)

    @cached_property
    def _columns(self) -> Mapping[str, tuple[str, ...]]:
        return {name: tuple(row[1] for row in self._info(name)) for name in self._tables()}

    @cached_property
    def _keys(self) -> Mapping[str, tuple[str, ...]]:
        return {
            name: tuple(row[1] for row in self._info(name) if row[5]) for name in self._tables()
        }

    def _tables(self) -> list[str]:
        found = self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [row[0] for row in found.fetchall()]

    def _info(self, table: str) -> list[tuple[int, str, str, int, object, int]]:
        return self._db.execute(f"PRAGMA table_info({table})").fetchall()

    def _standing(self, table: str, row: Mapping[str, Value]) -> tuple[Value, ...]:
        where = " AND ".join(f"{name} IS :{name}" for name in self._keys[table])
        found = self._db.execute(f"SELECT * FROM {table} WHERE {where}", dict(row)).fetchone()
        return tuple(found)


def _is_older(
    columns: tuple[str, ...], values: tuple[Value, ...], before: tuple[Value, ...]
) -> bool:
    if "recorded_at" not in columns:
        return False
    at = columns.index("recorded_at")
    return str(values[at] or "") < str(before[at] or "")
