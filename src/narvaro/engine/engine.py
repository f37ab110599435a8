"""What a query needs from an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[Any]
    """Whole numbers as int64, or texts as objects."""


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

    def columns(
        self,
        sql: str,
        *,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> list[Column]:
        """Return the same rows as one array per column, for answers too long to take row by row.

        Raises TypeError when a column holds anything but whole numbers or texts, or a NULL.
        """
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


def checked(column: Column) -> Column:
    """The column, whole numbers as int64; see `Engine.columns`."""
    import numpy as np

    if column.dtype.kind not in "iO" or isinstance(column, np.ma.MaskedArray):
        raise TypeError(f"Only whole numbers and texts are taken out by column: {column.dtype}.")
    return column.astype(np.int64, copy=False) if column.dtype.kind == "i" else column
