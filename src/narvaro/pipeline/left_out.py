"""Rows that were left out, and why: counts and lines, never what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows of one table left out for one reason.

    `lines` are the first hundred lines of the file; none where the source has no lines.
    """

    table: str
    reason: str
    count: int
    lines: tuple[int, ...] = ()

    def __str__(self) -> str:
        rows = "1 row" if self.count == 1 else f"{self.count} rows"
        text = f"{self.table}: {rows} left out: {self.reason}"
        if not self.lines:
            return f"{text}."
        shown = ", ".join(str(line) for line in self.lines[:10])
        more = "" if self.count <= len(self.lines[:10]) else " and more"
        return f"{text} (line{'' if self.count == 1 else 's'} {shown}{more})."

    def as_record(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "table": self.table,
            "reason": self.reason,
            "count": self.count,
            "lines": list(self.lines),
        }
