"""Runs the bulk queries of one check, and tells how far they have come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narvaro.engine.duck import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Progress = Callable[[str, int, int | None], None]
_LOOK_EVERY_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Bulk:
    """A bulk query's place in the work on a table: its rows, and from which share to which."""

    table: str
    rows: int
    start: float = 0.0
    end: float = 1.0

    def done(self, percent: float) -> int:
        """Rows of the table that count as done when so much of the query is."""
        share = self.start + (self.end - self.start) * max(percent, 0.0) / 100
        return int(share * self.rows)


@dataclass
class Runner:
    """One connection and the folder it may work in; `progress(table, rows done, of how many)`."""

    con: DuckDBPyConnection
    work: Path
    progress: Progress | None = None

    def __post_init__(self) -> None:
        if self.progress is not None:
            self.con.execute("SET enable_progress_bar = true")
            self.con.execute("SET enable_progress_bar_print = false")

    def rows(self, sql: str, parameters: list[object] | None = None) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""
        return self.con.execute(sql, parameters or []).fetchall()

    def copy(self, select: str, target: Path, part: Bulk | None = None) -> int:
        """Write a query's rows to a Parquet file, in order; return how many there were."""
        sql = f"COPY ({select}) TO {literal(str(target))} (FORMAT parquet)"
        if self.progress is None or part is None:
            return int(self.rows(sql)[0][0])
        return int(self._watched(sql, part)[0][0])

    def tell(self, table: str, done: int, of: int | None) -> None:
        """Tell how far a table has come."""
        if self.progress is not None:
            self.progress(table, done, of)

    def _watched(self, sql: str, part: Bulk) -> list[tuple[Any, ...]]:
        """Run a query in a thread of its own; an exception from `progress` stops it."""
        from concurrent.futures import ThreadPoolExecutor, wait

        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(self.rows, sql)
            try:
                while not wait([running], _LOOK_EVERY_SECONDS).done:
                    self.tell(part.table, part.done(self.con.query_progress()), part.rows)
            except BaseException:
                self.con.interrupt()
                raise
            return running.result()
