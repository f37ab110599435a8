"""Where a command writes: one JSON object for programs, tables for people, progress on a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from narvaro.cli.complaints import Complaint
from narvaro.cli.progress import Progress, progress_on
from narvaro.cli.tables import Column, Row, Sheet, write_table

__all__ = ["Column", "Out", "Row", "plain"]

MOST_ROWS_ON_A_TERMINAL = 200


class Out:
    """Standard output and standard error of one call."""

    def __init__(
        self, *, as_json: bool = False, stream: IO[str] | None = None, errors: IO[str] | None = None
    ) -> None:
        self.as_json = as_json
        self.stream = stream or sys.stdout
        self.errors = errors or sys.stderr

    @property
    def is_terminal(self) -> bool:
        return not self.as_json and self.stream.isatty()

    def line(self, text: str = "") -> None:
        """A line for people; programs do not see it."""
        if not self.as_json:
            self.stream.write(f"{text}\n")

    def lines(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.line(text)

    def note(self, text: str) -> None:
        """Something beside the answer, on standard error, for people alone."""
        if not self.as_json:
            self.errors.write(f"{text}\n")

    def answer(self, rows: Iterable[Row], **beside: Any) -> None:
        """The answer of a command for programs: one object with `rows` last; nothing for people."""
        if self.as_json:
            self._write_object(rows, beside)

    def table(
        self, rows: Sequence[Row], columns: Sequence[Column], *, title: str = "", empty: str = ""
    ) -> None:
        """Rows for people; programs do not see them."""
        if self.as_json:
            return
        if not rows:
            self.line(empty or "No rows.")
            return
        shown = rows[:MOST_ROWS_ON_A_TERMINAL] if self.is_terminal else rows
        write_table(Sheet(self.stream, self.is_terminal), shown, columns, title)
        if len(shown) < len(rows):
            self.note(f"{len(rows) - len(shown)} more rows; `| less` or --json shows all.")

    def complain(self, complaint: Complaint) -> None:
        """An error on standard error; standard output keeps what was whole before it."""
        self.flush()
        text = _dumps(complaint.as_json()) if self.as_json else complaint.as_text()
        self.errors.write(f"{text}\n")
        self.errors.flush()

    @contextmanager
    def progress(self, what: str) -> Iterator[Progress]:
        """Long work on a terminal says how far it has come; elsewhere it is silent."""
        with progress_on(self.errors, what, is_shown=self._shows_progress()) as progress:
            yield progress

    def _shows_progress(self) -> bool:
        return not self.as_json and self.errors.isatty() and os.environ.get("TERM") != "dumb"

    def flush(self) -> None:
        self.stream.flush()

    def _write_object(self, rows: Iterable[Row], beside: Mapping[str, Any]) -> None:
        """Everything is made before anything is written: an error leaves standard output empty."""
        head = _dumps(beside)[1:-1]
        told = ",".join(_dumps(row) for row in rows)
        self.stream.write("{" + head + ("," if head else "") + f'"rows":[{told}]}}\n')


def _dumps(content: Any) -> str:
    return json.dumps(
        content, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=plain
    )


def plain(value: Any) -> Any:
    """What JSON has no word for: days and moments as text, moments in UTC with Z."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Path):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form here")
