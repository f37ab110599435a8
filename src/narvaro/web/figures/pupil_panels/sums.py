"""A pupil's lessons added up: by day, by the hour of the week, by subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from narvaro.measurement import PeriodSum
from narvaro.measurement.lessons import PupilLesson
from narvaro.shares import Share, share_of
from narvaro.timetable import Period


@dataclass(frozen=True, slots=True)
class Minutes:
    """Whole minutes of ended lessons; the buckets count acknowledged ones only."""

    lessons: int = 0
    acknowledged_lessons: int = 0
    scheduled: int = 0
    acknowledged: int = 0
    valid: int = 0
    invalid: int = 0
    unclassified: int = 0
    leave: int = 0
    is_cut: bool = field(default=False, kw_only=True)
    """A sum told for a whole period reaches over the edge: no share can be told."""

    @property
    def absent(self) -> int:
        """Valid, invalid and unclassified: all of it counts."""
        return self.valid + self.invalid + self.unclassified

    @property
    def missing(self) -> int:
        """Not acknowledged."""
        return self.scheduled - self.acknowledged

    @property
    def share(self) -> Share | None:
        """Absent of acknowledged."""
        return None if self.is_cut else share_of(self.absent, self.acknowledged)

    @property
    def low(self) -> Share | None:
        """If the pupil was present in every lesson not acknowledged."""
        return None if self.is_cut else share_of(self.absent, self.scheduled)

    @property
    def high(self) -> Share | None:
        """If the pupil was absent from every one of them."""
        return None if self.is_cut else share_of(self.absent + self.missing, self.scheduled)

    @property
    def coverage(self) -> Share | None:
        """Acknowledged of scheduled."""
        return None if self.is_cut else share_of(self.acknowledged, self.scheduled)


@dataclass(frozen=True, slots=True)
class Day:
    """One day with ended lessons."""

    on: date
    minutes: Minutes


def minutes_of(lessons: Iterable[PupilLesson]) -> Minutes:
    """Lessons added up."""
    totals = [0] * 8
    for one in lessons:
        values = (
            1,
            int(one.is_acknowledged),
            one.scheduled_minutes,
            one.acknowledged_minutes,
            one.valid_minutes,
            one.invalid_minutes,
            one.unclassified_minutes,
            one.leave_minutes,
        )
        totals = [total + value for total, value in zip(totals, values, strict=True)]
    return Minutes(*totals)


def days_of(lessons: Sequence[PupilLesson]) -> tuple[Day, ...]:
    """The days with lessons, in order; `lessons` are in order of time."""
    return tuple(
        Day(on, minutes_of(found))
        for on, found in groupby(sorted(lessons, key=lambda one: one.date), lambda one: one.date)
    )


def over(days: Iterable[Day], sums: Iterable[PeriodSum], period: Period) -> Minutes:
    """The days of a period added up, and the sums that it holds whole, as `measure` has them."""
    touching = [one for one in sums if one.period.overlaps(period)]
    found = (day.minutes for day in days if period.holds(day.on))
    return together([*found, *(_of_sum(one, period) for one in touching)])


def _of_sum(one: PeriodSum, period: Period) -> Minutes:
    """A sum's minutes, or that the period cuts it."""
    if not (period.holds(one.period.from_on) and period.holds(one.period.to_on)):
        return Minutes(is_cut=True)
    return Minutes(
        scheduled=one.scheduled,
        acknowledged=one.acknowledged,
        valid=one.valid,
        invalid=one.invalid,
        unclassified=one.unclassified,
    )


def together(every: Iterable[Minutes]) -> Minutes:
    """Sums added up."""
    totals, is_cut = [0] * 8, False
    for one in every:
        is_cut = is_cut or one.is_cut
        values = (
            one.lessons,
            one.acknowledged_lessons,
            one.scheduled,
            one.acknowledged,
            one.valid,
            one.invalid,
            one.unclassified,
            one.leave,
        )
        totals = [total + value for total, value in zip(totals, values, strict=True)]
    return Minutes(*totals, is_cut=is_cut)


@dataclass(frozen=True, slots=True)
class Untold:
    """A lesson nobody acknowledged."""

    starts_at: datetime
    subject: str
    minutes: int


def untold_of(lessons: Iterable[PupilLesson]) -> tuple[Untold, ...]:
    """The lessons nobody acknowledged, in order of time."""
    return tuple(
        Untold(one.starts_at, one.subject or "", one.scheduled_minutes)
        for one in lessons
        if not one.is_acknowledged
    )


def hours_of(lessons: Sequence[PupilLesson]) -> Mapping[tuple[int, int], Minutes]:
    """(Lesson of the day from 1, weekday from 0) → its minutes, Mondays to Fridays."""
    found: defaultdict[tuple[int, int], list[PupilLesson]] = defaultdict(list)
    for on, of_day in groupby(sorted(lessons, key=lambda one: one.starts_at), lambda one: one.date):
        if on.weekday() < 5:
            for number, one in enumerate(of_day, start=1):
                found[(number, on.weekday())].append(one)
    return {place: minutes_of(few) for place, few in found.items()}


def subjects_of(lessons: Iterable[PupilLesson]) -> Mapping[str, Minutes]:
    """Subject → its minutes; an empty text where the source names none."""
    found: defaultdict[str, list[PupilLesson]] = defaultdict(list)
    for one in lessons:
        found[one.subject or ""].append(one)
    return {subject: minutes_of(few) for subject, few in found.items()}
