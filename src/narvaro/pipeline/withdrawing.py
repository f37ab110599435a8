"""Lessons that a source told before and no longer tells, though it was asked for all of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.exchange import Notice, write_delivery
from narvaro.ledger import Snapshot

if TYPE_CHECKING:
    from narvaro.sources.ss12000 import Loaded

_STANDING = """
SELECT lesson_key FROM (
    SELECT *, row_number() OVER (PARTITION BY lesson ORDER BY recorded_at DESC, batch DESC) AS place
    FROM lessons WHERE source = $source
) AS told
WHERE place = 1 AND NOT withdrawn AND date >= $first AND date < $end
ORDER BY lesson_key
"""
_REGISTERED = """
SELECT lessons.lesson FROM lessons
LEFT JOIN marks ON marks.lesson = lessons.lesson
WHERE lessons.source = $source AND (
    lessons.acknowledged = 'yes' OR marks.acknowledged = 'yes' OR marks.valid_minutes IS NOT NULL
    OR marks.invalid_minutes IS NOT NULL OR marks.unclassified_minutes IS NOT NULL
    OR marks.other_minutes IS NOT NULL OR marks.present_minutes IS NOT NULL
)
LIMIT 1
"""
_MESSAGE = "lessons that the source no longer tells of were taken away"


def are_registered(snapshot: Snapshot, source: str) -> bool:
    """Whether anybody has registered anything on a lesson that the source told."""
    found = snapshot.engine.query(
        _REGISTERED, tables=snapshot.tables("lessons", "marks"), parameters={"source": source}
    )
    return bool(found)


def withdraw_missing(loaded: Loaded, snapshot: Snapshot, source: str) -> tuple[Notice, ...]:
    """Add to a load's delivery the withdrawal of every lesson that is gone.

    Only of days of which all lessons were read; nothing where a lesson could not be read, since
    it may be that one.
    """
    window = loaded.whole.get("lessons")
    if window is None or any(one.table == "lessons" for one in loaded.quarantined):
        return ()
    known = snapshot.engine.query(
        _STANDING,
        tables=snapshot.tables("lessons"),
        parameters={
            "source": source,
            "first": window.first or date(1900, 1, 1),
            "end": window.end or date(9999, 12, 31),
        },
    )
    file = loaded.folder / "lessons.csv"
    gone = sorted({str(row[0]) for row in known} - _keys(file))
    if not gone:
        return ()
    add_rows(file, ({"lesson": key, "withdrawn": "true"} for key in gone))
    return (Notice("lessons", "", len(gone), 0, _MESSAGE),)


def _keys(file: Path) -> set[str]:
    if not file.exists():
        return set()
    with file.open(encoding="utf-8", newline="") as rows:
        return {row["lesson"] for row in csv.DictReader(rows)}


def add_rows(file: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Add rows to a table of a delivery, made where there is none."""
    if not file.exists():
        write_delivery({file.stem: []}, file.parent)
    with file.open(encoding="utf-8", newline="") as told:
        header = next(csv.reader(told))
    with file.open("a", encoding="utf-8", newline="") as told:
        csv.DictWriter(told, header, lineterminator="\n").writerows(rows)
