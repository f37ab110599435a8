"""Runs the bulk queries of one check, and tells how far they have come."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narvaro.engine.duck import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Progress = Callable[[str, int, int | None], None]
_LOOK_EVERY_SECONDS = 0.2


@dataclass
class Runner:
    """One connection and the folder it may work in; `progress(table, rows done, of how many)`."""

    con: DuckDBPyConnection
    work: Path
    progress: Progress | None = None
    _last: tuple[str, int] = field(default=("", -1))

    def rows(self, sql: str, parameters: list[object] | None = None) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""
        return self.con.execute(sql, parameters or []).fetchall()

    def copy(self, select: str, target: Path, *, table: str, rows: int | None) -> int:
        """Write a query's rows to a Parquet file, in order; return how many there were."""
        sql = f"COPY ({select}) TO {literal(str(target))} (FORMAT parquet)"
        if self.progress is None:
            return int(self.rows(sql)[0][0])
        return self._watched(sql, table=table, rows=rows)

    def _watched(self, sql: str, *, table: str, rows: int | None) -> int:
        answer: list[int] = []
        failed: list[BaseException] = []

        def work() -> None:
            try:
                answer.append(int(self.rows(sql)[0][0]))
            except BaseException as wrong:  # noqa: BLE001  raised again in the caller's thread
                failed.append(wrong)

        thread = threading.Thread(target=work, name=f"reading {table}")
        thread.start()
        try:
            while thread.is_alive():
                thread.join(_LOOK_EVERY_SECONDS)
                self._tell(table, rows)
        except BaseException:
            self.con.interrupt()
            thread.join()
            raise
        if failed:
            raise failed[0]
        return answer[0]

    def _tell(self, table: str, rows: int | None) -> None:
        share = self.con.query_progress()
        done = int(share / 100 * rows) if rows and share > 0 else 0
        if self.progress and (table, done) > self._last:
            self._last = (table, done)
            self.progress(table, done, rows)
