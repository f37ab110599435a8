"""What a delivery says, read back by hand: lessons, who was at them, what was registered."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
Row = dict[str, str]


def keys(kind: str, value: str) -> str:
    """A key that says nothing of its value, the same every time."""
    return hashlib.sha256(f"{kind}\x1f{value}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Delivered:
    """A folder of CSV files."""

    folder: Path

    def rows(self, table: str) -> list[Row]:
        """The rows of a table that are not withdrawn; none if the table is not there."""
        return [row for row in self.every_row(table) if row["withdrawn"] != "true"]

    def withdrawn(self, table: str) -> list[Row]:
        """The rows of a table that are withdrawn."""
        return [row for row in self.every_row(table) if row["withdrawn"] == "true"]

    def every_row(self, table: str) -> list[Row]:
        path = self.folder / f"{table}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def text(self) -> str:
        """Everything in every file."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))

    def marks(self) -> dict[tuple[str, str], Row]:
        return {(row["lesson"], row["pupil"]): row for row in self.rows("marks")}

    def participants(self) -> dict[str, frozenset[str]]:
        """Who is at each lesson by the format's rule: those marked, else the group's members."""
        marked: dict[str, set[str]] = {}
        for lesson, pupil in self.marks():
            marked.setdefault(lesson, set()).add(pupil)
        return {
            row["lesson"]: frozenset(marked.get(row["lesson"]) or self._members(row))
            for row in self.rows("lessons")
        }

    def _members(self, lesson: Row) -> set[str]:
        day = moment(lesson["starts_at"]).astimezone(STOCKHOLM).date().isoformat()
        return {
            row["pupil"]
            for row in self.rows("group_memberships")
            if row["group"] == lesson["group"]
            and row["starts_on"] <= day <= (row["ends_on"] or "9999")
        }


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def number(text: str) -> int:
    return int(text or 0)
