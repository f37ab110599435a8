"""A lesson that nobody has acknowledged, and many of them by school and by teacher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class OpenLesson:
    """An ended lesson with pupils that nobody has acknowledged. `minutes` are whole.

    `number` is the ledger's own; `source` and `key` name the lesson as its source does.
    """

    number: int
    school: str
    class_: str
    day: date
    minutes: int
    source: str
    key: str
    starts_at: datetime
    ends_at: datetime
    subject: str
    group: str
    teachers: tuple[str, ...] = ()


ByPlace = Mapping[str, tuple[OpenLesson, ...]]
"""By the key of a school or of a teacher."""


def read_lessons(plain: list[Any]) -> tuple[ByPlace, ByPlace]:
    """The lessons as they were kept, by school and by teacher."""
    by_school: defaultdict[str, list[OpenLesson]] = defaultdict(list)
    by_teacher: defaultdict[str, list[OpenLesson]] = defaultdict(list)
    for row in plain:
        lesson = _open_lesson(*row)
        by_school[lesson.school].append(lesson)
        for teacher in lesson.teachers:
            by_teacher[teacher].append(lesson)
    return _frozen(by_school), _frozen(by_teacher)


def _open_lesson(number: int, school: str, class_: str, day: str, *more: Any) -> OpenLesson:
    minutes, source, key, starts_at, ends_at, subject, group, teachers = more
    return OpenLesson(
        number,
        school,
        class_,
        date.fromisoformat(day),
        minutes,
        source,
        key,
        datetime.fromisoformat(starts_at),
        datetime.fromisoformat(ends_at),
        subject,
        group,
        tuple(teachers),
    )


def _frozen(found: Mapping[str, list[OpenLesson]]) -> ByPlace:
    return {key: tuple(lessons) for key, lessons in found.items()}
