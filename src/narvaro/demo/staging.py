"""Rows gathered chunk by chunk in a scratch file, then written as the tables of a delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from narvaro.engine import connect

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Form = Literal["csv", "parquet"]
Columns = Mapping[str, Any]
"""Column name to a numpy array or a list; all of one length."""
_MEMORY = "400MB"

_MOMENT = "to_timestamp({0} * 60)"
_GIVEN = "CASE WHEN {0} >= 0 THEN {0}::INTEGER END"

BULK: Mapping[str, Mapping[str, str]] = {
    "lessons": {
        "lesson": "printf('L%08d', lesson)",
        "school": "school",
        "starts_at": _MOMENT.format("starts"),
        "ends_at": _MOMENT.format("ends"),
        "minutes": _GIVEN.format("minutes"),
        "group": '"group"',
        "class": "class",
        "subject": "subject",
        "teachers": "teacher",
        "cancelled": "cancelled",
        "acknowledged": "acknowledged",
        "acknowledged_at": f"CASE WHEN told >= 0 THEN {_MOMENT.format('told')} END",
        "recorded_at": f"CASE WHEN recorded >= 0 THEN {_MOMENT.format('recorded')} END",
    },
    "marks": {
        "lesson": "printf('L%08d', lesson)",
        "pupil": "printf('P%06d', pupil)",
        "scheduled_minutes": _GIVEN.format("scheduled"),
        "full_minutes": _GIVEN.format('"full"'),
        "valid_minutes": _GIVEN.format("valid"),
        "invalid_minutes": _GIVEN.format("invalid"),
        "unclassified_minutes": _GIVEN.format("unclassified"),
        "other_minutes": _GIVEN.format("other"),
        "acknowledged": "CASE WHEN refused THEN 'no' ELSE 'yes' END",
        "reason": "CASE reason WHEN 0 THEN 'none' WHEN 1 THEN 'notified' WHEN 2 THEN 'leave' "
        "WHEN 3 THEN 'other_valid' WHEN 4 THEN 'other_activity' END",
        "recorded_at": _MOMENT.format("told"),
        "withdrawn": "withdrawn",
    },
    "announced_absences": {
        "pupil": "printf('P%06d', pupil)",
        "starts_at": _MOMENT.format("starts"),
        "ends_at": _MOMENT.format("ends"),
        "kind": "kind",
        "recorded_at": _MOMENT.format("told"),
    },
}
"""How the columns of the large tables are made from whole numbers: L and P keys, moments."""


class Staging:
    """Append columns to tables; `write` turns them into `NAME.csv` or `NAME.parquet`.

    Memory stays at one chunk and 400 MB; what was appended lies in `scratch`.
    """

    def __init__(self, scratch: Path) -> None:
        self._con: DuckDBPyConnection = connect(memory_limit=_MEMORY, threads=1, scratch=scratch)
        self._con.execute(f"ATTACH '{str(scratch / 'rows.db').replace(chr(39), chr(39) * 2)}' AS s")
        self._known: set[str] = set()

    def append(self, table: str, columns: Columns) -> None:
        """Add rows; the first call of a table fixes its columns and types."""
        given = dict(columns)
        if not given or not len(next(iter(given.values()))):
            return
        self._con.register("given", _arrays(given))
        if table not in self._known:
            self._con.execute(f'CREATE TABLE s."{table}" AS FROM given LIMIT 0')
            self._known.add(table)
        self._con.execute(f'INSERT INTO s."{table}" BY NAME FROM given')
        self._con.unregister("given")

    def append_rows(
        self, table: str, kinds: Mapping[str, str], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Add rows given one by one, with their SQL types; for the small tables."""
        if table not in self._known:
            columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
            self._con.execute(f'CREATE TABLE s."{table}" ({columns})')
            self._known.add(table)
        if rows:
            lists = ", ".join(f"unnest(?::{kind}[])" for kind in kinds.values())
            values = [list(column) for column in zip(*rows, strict=True)]
            self._con.execute(f'INSERT INTO s."{table}" SELECT {lists}', values)

    def write(self, folder: Path, *, form: Form) -> dict[str, int]:
        """Write every table that has rows; returns their counts by name."""
        counts = {}
        for table in sorted(self._known):
            found = self._con.execute(f'SELECT count(*) FROM s."{table}"').fetchone()
            if found and found[0]:
                counts[table] = int(found[0])
                self._write_table(table, folder / f"{table}.{form}", form)
        return counts

    def _write_table(self, table: str, path: Path, form: Form) -> None:
        made = BULK.get(table)
        columns = ", ".join(f'{how} AS "{name}"' for name, how in made.items()) if made else "*"
        query = f'SELECT {columns} FROM s."{table}"'
        if form == "csv":
            query = f"SELECT {self._as_text(query)} FROM ({query})"
        options = "FORMAT csv, HEADER" if form == "csv" else "FORMAT parquet, COMPRESSION zstd"
        self._con.execute(
            f"COPY ({query}) TO '{str(path).replace(chr(39), chr(39) * 2)}' ({options})"
        )

    def _as_text(self, query: str) -> str:
        described = self._con.execute(f"DESCRIBE {query}").fetchall()
        return ", ".join(
            f'strftime("{name}", \'%Y-%m-%dT%H:%M:%SZ\') AS "{name}"'
            if kind == "TIMESTAMP WITH TIME ZONE"
            else f'"{name}"'
            for name, kind, *_ in described
        )

    def close(self) -> None:
        self._con.close()


def _arrays(columns: Columns) -> dict[str, Any]:
    import numpy as np

    return {
        name: np.array(column, dtype=object) if isinstance(column, list) else column
        for name, column in columns.items()
    }


def columns_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows as columns: whole numbers as arrays, anything else as it is."""
    import numpy as np

    columns: dict[str, Any] = {}
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows]
        whole = all(isinstance(value, int) for value in values)
        columns[name] = np.array(values) if whole else values
    return columns
