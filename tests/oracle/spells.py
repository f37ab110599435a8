"""Occasions of absence: unbroken series of a pupil's lessons with absence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from tests.oracle.attendance import Registration, end_of, state
from tests.oracle.history import History
from tests.oracle.versions import standing_rows
from tests.oracle.windows import Window

SPELLS = ("absent_lessons", "occasions", "longest_spell_lessons", "longest_spell_days")
Seen = tuple[datetime, datetime, Registration]


def spell_rows(history: History, days: Window, known_at: datetime) -> dict[str, dict[str, Any]]:
    """By pupil with an acknowledged lesson: occasions, and the longest in lessons and in days."""
    times = {
        row["lesson"]: (row["starts_at"], end_of(row))
        for row in standing_rows(history, "lessons", known_at)
    }
    lessons: dict[str, list[Seen]] = {}
    for one in state(history, known_at).values():
        if one.counted and one.acknowledged and days[0] <= one.date <= days[1]:
            lessons.setdefault(one.pupil, []).append((*times[one.lesson], one))
    return {pupil: _spells(seen) for pupil, seen in lessons.items()}


def _spells(seen: list[Seen]) -> dict[str, Any]:
    """Of lessons at one time those with absence come first."""
    seen.sort(key=lambda one: (one[0], one[1], not one[2].absent))
    series = [
        [one.date for _, _, one in group]
        for is_absent, group in groupby(seen, key=lambda one: one[2].absent > 0)
        if is_absent
    ]
    in_days = [sorted(set(dates)) for dates in series]
    numbers = (sum(map(len, series)), len(series), _longest(series), _longest(in_days))
    return dict(zip(SPELLS, numbers, strict=True))


def _longest(series: Sequence[Sequence[date]]) -> int:
    return max(map(len, series), default=0)
