"""DuckDB in this process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narvaro.engine.engine import Rows, TableFiles, checked

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from narvaro.engine.engine import Column


def connect(
    *, memory_limit: str = "1500MB", threads: int | None = None, scratch: Path | None = None
) -> DuckDBPyConnection:
    """Open an in-memory connection with our settings; `scratch` is where it may spill.

    `partitioned_execution` is off: at 100 million rows it turns a flat aggregate into a UNION
    of range scans, six times slower (docs/explanation/performance.md).
    """
    import duckdb

    con = duckdb.connect(":memory:")
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET disabled_optimizers = 'partitioned_execution'")
    con.execute("SET enable_progress_bar = false")
    con.execute(f"SET memory_limit = '{memory_limit}'")
    if threads:
        con.execute(f"SET threads = {int(threads)}")
    con.execute(f"SET temp_directory = {literal(str(scratch or ''))}")
    return con


def literal(text: str) -> str:
    """Quote a text for SQL."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def load_parquet(table: TableFiles) -> str:
    """Return the FROM clause that reads a table's files; a table without files is empty."""
    if not table.files:
        empty = ", ".join(
            f"CAST(NULL AS {kind}) AS {identifier(name)}" for name, kind in table.columns.items()
        )
        return f"(SELECT {empty} WHERE false)"
    files = ", ".join(literal(path) for path in table.files)
    if not table.partitions:
        return f"read_parquet([{files}], hive_partitioning = false)"
    kinds = ", ".join(f"{literal(name)}: {table.columns[name]}" for name in table.partitions)
    return f"read_parquet([{files}], hive_partitioning = true, hive_types = {{{kinds}}})"


class DuckEngine:
    """Answers queries from the Parquet files of a snapshot; keeps only the names of its files."""

    def __init__(self) -> None:
        self._connection: DuckDBPyConnection | None = None
        self._named: dict[str, TableFiles] = {}

    def query(
        self,
        sql: str,
        *,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> list[tuple[Any, ...]]:
        """See `Engine.query`."""
        con = self._prepared(tables, rows or {})
        return con.execute(sql, _used(sql, parameters or {})).fetchall()

    def columns(
        self,
        sql: str,
        *,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> list[Column]:
        """See `Engine.columns`."""
        con = self._prepared(tables, rows or {})
        found = con.execute(sql, _used(sql, parameters or {})).fetchnumpy()
        return [checked(column) for column in found.values()]

    def plan(
        self,
        sql: str,
        *,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> str:
        """See `Engine.plan`."""
        con = self._prepared(tables, rows or {})
        found = con.execute("EXPLAIN " + sql, _used(sql, parameters or {})).fetchall()
        return "\n".join(str(row[-1]) for row in found)

    def _prepared(
        self, tables: Mapping[str, TableFiles], rows: Mapping[str, Rows]
    ) -> DuckDBPyConnection:
        if self._connection is None:
            self._connection = connect()
        con = self._connection
        for name, table in tables.items():
            if self._named.get(name) is not table:
                con.execute(
                    f"CREATE OR REPLACE TEMP VIEW {identifier(name)} AS FROM {load_parquet(table)}"
                )
                self._named[name] = table
        for name, given in rows.items():
            _fill(con, name, given)
        return con


def _fill(con: DuckDBPyConnection, name: str, given: Rows) -> None:
    columns = ", ".join(f"{identifier(column)} {kind}" for column, kind in given.columns.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(name)} ({columns})")
    if not given.values:
        return
    kinds = list(given.columns.values())
    lists = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
    con.execute(
        f"INSERT INTO {identifier(name)} SELECT {lists}",
        [list(column) for column in zip(*given.values, strict=True)],
    )


def _used(sql: str, parameters: Mapping[str, object]) -> dict[str, object]:
    named = set(re.findall(r"\$([a-z_]+)", sql))
    return {name: value for name, value in parameters.items() if name in named}
