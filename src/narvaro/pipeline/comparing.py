"""A load against the same source's last comparable one: what is suddenly missing, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narvaro.engine import connect
from narvaro.engine.duck import literal

if TYPE_CHECKING:
    from pathlib import Path

    from narvaro.exchange import Delivery

SMALLEST_COMPARED = 50
"""Loads with fewer pupils or lessons are corrections, not comparable loads (an assumption)."""

AT = "@"
GONE = "gone_pupils"
"""Pupils a source told last and does not name now, by school; told anew when they are more."""
WORDS: Mapping[str, str] = {
    "told_pupils": "pupils",
    "told_schools": "schools",
    "told_lessons_a_day": "lessons a day",
}
WORDS_AT_A_SCHOOL: Mapping[str, str] = {
    "told_pupils": "pupils",
    "told_lessons_a_day": "lessons a day",
    "told_marks": "registrations",
}
Sizes = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LoadLimit:
    """How much smaller a load may be before it is held, in per cent; the default is 10.

    A load with less than half of the last one's pupils, or of its lessons a day, is taken as a
    correction and not compared.
    """

    percent: int = 10

    def is_passed(self, before: int, now: int) -> bool:
        """Whether a number fell by more than the limit, exactly."""
        return now * 100 < before * (100 - self.percent)


@dataclass(frozen=True, slots=True)
class Unlike:
    """How a load is unlike the last one, in words; whether it is to be held for that."""

    words: str
    is_held: bool


def compare(last: Sizes, now: Sizes, limit: LoadLimit) -> tuple[tuple[str, ...], bool]:
    """Say how a load is unlike the source's last comparable one, and whether to hold it.

    Pupils who are gone are told of by school; a load is held when a number fell by more than the
    limit, in all or at a school of fifty, or when a school is not in it at all.
    """
    found = [*_in_all(last, now, limit), *_by_school(last, now, limit)]
    return tuple(one.words for one in found), any(one.is_held for one in found)


def _in_all(last: Sizes, now: Sizes, limit: LoadLimit) -> Iterator[Unlike]:
    for name, words in WORDS.items():
        before, found = last.get(name, 0), now.get(name, 0)
        if before < SMALLEST_COMPARED or not _is_comparable(name, last, now):
            continue
        if limit.is_passed(before, found):
            yield Unlike(f"{found} {words} against {before}", is_held=True)


def _by_school(last: Sizes, now: Sizes, limit: LoadLimit) -> Iterator[Unlike]:
    for at, before in sorted(last.items()):
        name, _, school = at.partition(AT)
        if not school or last.get(name, 0) < SMALLEST_COMPARED:
            continue
        found = now.get(at, 0)
        missing = _missing(name, school, last, now)
        if missing <= 0 or not _is_comparable(name, last, now):
            continue
        words = WORDS_AT_A_SCHOOL[name]
        if not found:
            yield Unlike(f"no {words} at {school} against {before}", is_held=True)
            continue
        is_held = before >= SMALLEST_COMPARED and limit.is_passed(before, before - missing)
        if name == "told_pupils":
            told = f"{missing} {words} gone from {school}"
            yield Unlike(f"{told} ({found} against {before})", is_held)
        elif is_held:
            told = f"{missing} {words} fewer at {school}"
            yield Unlike(f"{told} ({found} against {before})", is_held)


def _missing(name: str, school: str, last: Sizes, now: Sizes) -> int:
    """How much of a number is gone; of pupils, how many more are than were gone before.

    Five gone and five new are five gone: whom the source told last is in the ledger.
    """
    if name == "told_pupils":
        gone = f"{GONE}{AT}{school}"
        return now.get(gone, 0) - last.get(gone, 0)
    return last.get(f"{name}{AT}{school}", 0) - now.get(f"{name}{AT}{school}", 0)


def _is_comparable(name: str, last: Sizes, now: Sizes) -> bool:
    return name in now and now[name] * 2 >= last.get(name, 0)


def remembered(last: Sizes, now: Sizes) -> dict[str, int]:
    """Return what the next load is compared with; a correction with few rows changes nothing."""
    kept = dict(last)
    for name in (*WORDS, "told_marks", GONE):
        if _is_comparable("told_pupils" if name == GONE else name, last, now):
            kept = {at: n for at, n in kept.items() if at.partition(AT)[0] != name}
            kept |= {at: n for at, n in now.items() if at.partition(AT)[0] == name}
    return kept


def sizes(delivery: Delivery) -> dict[str, int]:
    """Count a delivery's pupils, lessons a school day and marks, in all and by school."""
    found: dict[str, int] = {}
    enrolments, lessons = delivery.file("enrolments"), delivery.file("lessons")
    if enrolments:
        found |= _counted("told_pupils", "count(DISTINCT pupil)", enrolments)
        found["told_schools"] = sum(AT in name for name in found)
    if lessons:
        each_day = "count(DISTINCT lesson) // greatest(count(DISTINCT starts_at::DATE), 1)"
        found |= _counted("told_lessons_a_day", each_day, lessons)
        marks = delivery.file("marks")
        found |= _marks(lessons, marks) if marks else {}
    return found


def _counted(name: str, counts: str, file: Path) -> dict[str, int]:
    rows = connect().execute(
        f"SELECT school, {counts} FROM read_parquet({literal(str(file))}) "
        "GROUP BY GROUPING SETS ((), (school))"
    )
    return {f"{name}{AT}{school}" if school else name: n for school, n in rows.fetchall()}


def _marks(lessons: Path, marks: Path) -> dict[str, int]:
    rows = connect().execute(
        f"SELECT l.school, count(*) FROM read_parquet({literal(str(marks))}) AS m "
        f"INNER JOIN (SELECT DISTINCT lesson, school FROM read_parquet({literal(str(lessons))})) AS l "
        "ON l.lesson = m.lesson GROUP BY GROUPING SETS ((), (school))"
    )
    return {
        f"told_marks{AT}{school}" if school else "told_marks": n for school, n in rows.fetchall()
    }
