"""How far lessons were acknowledged, one row per school, class, teacher, week or month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from narvaro.cli.commands.quality.asked import Asked
from narvaro.cli.output import Column, Out
from narvaro.cli.percent import percent

if TYPE_CHECKING:
    from narvaro.quality import Registration


def show(asked: Asked, out: Out) -> None:
    from narvaro.quality import registration

    by = asked.options.by
    rows = registration(
        asked.snapshot,
        window=asked.window,
        at=asked.at,
        known_at=asked.known_at,
        by=by,
        target=asked.target,
    )
    out.answer((row.as_record() for row in rows), **asked.beside(), by=by)
    place = () if by == "school" else (Column(by, by.capitalize()),)
    columns = (Column("school", "School"), *place, *COLUMNS)
    out.table([_for_people(row) for row in rows], columns, empty="No school in that window.")


def _for_people(row: Registration) -> dict[str, Any]:
    counts = row.counts
    return row.as_record() | {
        "time": percent(counts.by_time, row.target),
        "by_lessons": percent(counts.by_lessons, row.target),
        "reached": row.reaches_by_time,
        "same_day": percent(counts.same_day),
        "delay": _minutes(row.median_delay),
    }


def _minutes(share: tuple[int, int] | None) -> str | None:
    return None if share is None else f"{share[0] // share[1]} min"


COLUMNS = (
    Column("lessons", "Lessons", is_number=True),
    Column("time", "Time acknowledged", is_number=True),
    Column("by_lessons", "Lessons acknowledged", is_number=True),
    Column("reached", "Target reached"),
    Column("same_day", "Same day", is_number=True),
    Column("delay", "Median delay", is_number=True),
    Column("lessons_without_pupils", "Without pupils", is_number=True),
    Column("lessons_without_teacher", "Without teacher", is_number=True),
    Column("pupils_without_timetable", "Pupils without timetable", is_number=True),
)
