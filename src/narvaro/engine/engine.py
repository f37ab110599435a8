"""What a query needs from an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class TableFiles:
    """One table of a snapshot: its Parquet files and its columns.

    `columns` maps each column to its SQL type (BIGINT, INTEGER, DATE, TIMESTAMPTZ, VARCHAR,
    BOOLEAN); columns in `partitions` stand in the path only.
    """

    files: tuple[str, ...]
    columns: Mapping[str, str]
    partitions: tuple[str, ...] = ()
    root: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A small table handed to a query: columns with their SQL types, and the rows."""

    columns: Mapping[str, str]
    values: Sequence[Sequence[Any]] = field(default_factory=tuple)


class Engine(Protocol):
    """Runs the project's SQL files: the subset of SQL that DuckDB and Spark both run."""

    def query(
        self,
        sql: str,
        *,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> list[tuple[Any, ...]]:
        """Return the rows of one query; `$name` parameters are bound, never pasted."""
        ...

    def plan(
        self,
        sql: str,
        *,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> str:
        """Return the engine's own plan of the query, for the tests of plans."""
        ...


@cache
def sql_beside(module_file: str, name: str) -> str:
    """Read the SQL file that stands beside a Python module."""
    return (Path(module_file).parent / name).read_text(encoding="utf-8")
