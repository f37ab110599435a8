"""How far a school's lessons of a month were acknowledged: by lessons and by time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.oracle.attendance import (
    counts,
    day_of,
    is_acknowledged_by_any,
    marks_by_lesson,
    minutes_of,
    pupils_of,
    roster_at,
)
from tests.oracle.history import History, Row
from tests.oracle.measures import pair
from tests.oracle.versions import standing_rows


def lesson_quality_rows(history: History, known_at: datetime) -> list[dict[str, Any]]:
    """Per school and month: lessons and minutes, acknowledged ones of them, and what is lacking."""
    roster = roster_at(history, known_at)
    cells: dict[tuple[str, str], list[tuple[Row, dict[str, Row]]]] = {}
    for lesson, marks in lessons_with_marks(history, known_at):
        place = (lesson["school"], f"{day_of(lesson):%Y-%m}")
        cells.setdefault(place, []).append((lesson, marks))
    return [
        {
            "school": school,
            "month": month,
            **_shares(cell),
            "lessons_without_pupils": sum(not pupils_of(*one, roster) for one in cell),
            "lessons_without_teacher": sum(not lesson["teachers"] for lesson, _ in cell),
        }
        for (school, month), cell in sorted(cells.items())
    ]


def lessons_with_marks(history: History, known_at: datetime) -> list[tuple[Row, dict[str, Row]]]:
    """The counted lessons, each with its marks by pupil."""
    marks = marks_by_lesson(history, known_at)
    return [
        (lesson, marks.get((lesson["source"], lesson["lesson"]), {}))
        for lesson in standing_rows(history, "lessons", known_at)
        if counts(lesson, known_at)
    ]


def _shares(cell: list[tuple[Row, dict[str, Row]]]) -> dict[str, Any]:
    done = [lesson for lesson, marks in cell if is_acknowledged_by_any(lesson, marks)]
    total: Callable[[list[Row]], int] = lambda lessons: sum(map(minutes_of, lessons))  # noqa: E731
    everything = [lesson for lesson, _ in cell]
    return {
        "lessons": len(everything),
        "acknowledged_lessons": len(done),
        "lesson_minutes": total(everything),
        "acknowledged_lesson_minutes": total(done),
        "acknowledged_by_lessons": pair(len(done), len(everything)),
        "acknowledged_by_time": pair(total(done), total(everything)),
    }
