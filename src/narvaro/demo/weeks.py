"""The weekly timetable: few long lessons for the youngest, five or six a day for the oldest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narvaro.demo.roster import NO_LESSONS_LETTER
from narvaro.demo.units import HALVES_IN, LANGUAGES_FROM, Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SLOTS = 6
"""No class has more lessons a day."""
FIRST_BELL = 8 * 60 + 10
_PAUSE, _LUNCH, _LUNCH_AFTER = 10, 45, 10 * 60 + 50
_LANGUAGE_DAYS, _LANGUAGE_SLOT = (1, 3), 2
_HALVES_DAY, _HALVES_RECESS = 2, 10

WHOLE_DAY, WHOLE_DAY_RECESS = (300,), 60
_YOUNGEST = ((92, 92, 92), (69, 69, 69, 69))  # both make 276 minutes
_MIDDLE = ((60, 60, 60, 50, 50), (80, 70, 60, 60), (60, 50, 60, 50, 60), (80, 60, 70, 70))
_OLDEST = (
    (60, 60, 50, 60, 60),
    (50, 50, 60, 50, 50, 40),
    (80, 60, 60, 50, 60),
    (50, 60, 50, 50, 50, 40),
)
CASE_YOUNGEST, CASE_OLDEST = (92, 92, 92), (50, 50, 60, 50, 40, 50)

SUBJECTS = (
    "Förskoleklass", "Svenska", "Matematik", "Engelska", "Naturorienterande ämnen",
    "Samhällsorienterande ämnen", "Idrott och hälsa", "Bild", "Musik", "Slöjd",
    "Hem- och konsumentkunskap", "Teknik", "Moderna språk", "Förskola",
)  # fmt: skip
_WHOLE_DAY_SUBJECT, _CRAFTS, _LANGUAGES, _PRESCHOOL_SUBJECT = 0, 9, 12, 13
_TAUGHT = (1, 2, 4, 3, 5, 1, 6, 2, 7, 5, 8, 2, 11, 1, 6, 4, 10, 3)


@dataclass(frozen=True, slots=True)
class Week:
    """One element per lesson of a week; minutes after midnight, `teacher` within the school."""

    unit: NDArray[np.int64]
    weekday: NDArray[np.int64]
    slot: NDArray[np.int64]
    starts: NDArray[np.int64]
    length: NDArray[np.int64]
    minutes: NDArray[np.int64]
    subject: NDArray[np.int64]
    teacher: NDArray[np.int64]


def week_of(units: Sequence[Unit], teachers: int) -> Week:
    """The week of a school with `teachers` teachers; the first of them each have a class."""
    import numpy as np

    classes = sum(not unit.group for unit in units)
    others = range(min(classes, teachers - 1), teachers)
    rows = [row for number, unit in enumerate(units) for row in _lessons(number, unit, others)]
    columns = np.array(rows, dtype=np.int64).reshape(-1, len(Week.__slots__)).T
    return Week(*columns)


def bells(lengths: Sequence[int]) -> tuple[int, ...]:
    """When the lessons of a day begin: after a pause of ten minutes, or lunch."""
    starts, clock, eaten = [], FIRST_BELL, False
    for length in lengths:
        if not eaten and clock >= _LUNCH_AFTER:
            clock, eaten = clock + _LUNCH - _PAUSE, True
        starts.append(clock)
        clock += length + _PAUSE
    return tuple(starts)


def lengths_of(unit: Unit, weekday: int) -> tuple[int, ...]:
    """The lessons of a class's day; the same for all classes of a grade that share languages."""
    if unit.grade <= 0:
        return WHOLE_DAY
    if unit.is_case:
        return CASE_YOUNGEST if unit.grade < LANGUAGES_FROM else CASE_OLDEST
    if unit.grade <= 3:
        return _YOUNGEST[(unit.grade + unit.letter) % 2]
    patterns = _MIDDLE if unit.grade <= 6 else _OLDEST
    return patterns[(unit.grade + weekday) % len(patterns)]


def _lessons(number: int, unit: Unit, others: range) -> Iterator[tuple[int, ...]]:
    for weekday in range(5):
        lengths = lengths_of(unit, weekday)
        for slot, (starts, length) in enumerate(zip(bells(lengths), lengths, strict=True)):
            if _sits(unit, weekday, slot, len(lengths)):
                subject = _subject(unit, weekday, slot)
                teacher = _teacher(number, unit, subject=subject, others=others)
                minutes = length - _recess(unit)
                yield (number, weekday, slot, starts, length, minutes, subject, teacher)


def _sits(unit: Unit, weekday: int, slot: int, lessons: int) -> bool:
    """Whether this class or group has that lesson, rather than the groups of the class."""
    if unit.letter == NO_LESSONS_LETTER:
        return False
    in_languages = (
        unit.grade >= LANGUAGES_FROM and weekday in _LANGUAGE_DAYS and slot == _LANGUAGE_SLOT
    )
    in_halves = (
        unit.grade in HALVES_IN
        and not unit.is_case
        and weekday == _HALVES_DAY
        and slot == lessons - 1
    )
    if not unit.group:
        return not in_languages and not in_halves
    return in_halves if unit.part.isdigit() else in_languages


def _recess(unit: Unit) -> int:
    if unit.grade <= 0:
        return WHOLE_DAY_RECESS
    return _HALVES_RECESS if unit.part.isdigit() else 0


def _subject(unit: Unit, weekday: int, slot: int) -> int:
    if unit.grade < 0:
        return _PRESCHOOL_SUBJECT
    if unit.grade == 0:
        return _WHOLE_DAY_SUBJECT
    if unit.group:
        return _CRAFTS if unit.part.isdigit() else _LANGUAGES
    return _TAUGHT[(weekday * SLOTS + slot * 5 + unit.letter + unit.grade) % len(_TAUGHT)]


def _teacher(number: int, unit: Unit, *, subject: int, others: range) -> int:
    """The class's own teacher up to grade 3 and for half the subjects of the middle grades."""
    if not unit.group and (unit.grade <= 3 or (unit.grade <= 6 and subject < 5)):
        return number % others.start if others.start else 0
    part = sum(unit.part.encode())
    return others[(subject * 7 + (unit.letter // 2) * 3 + part) % len(others)]
