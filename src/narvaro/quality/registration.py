"""How far lessons were acknowledged: by school, class, teacher, week or month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, NamedTuple

from narvaro.engine import sql_beside
from narvaro.errors import BadRequest
from narvaro.ledger import Snapshot
from narvaro.ledger.schools import Schools
from narvaro.ledger.standing import Enrolment, enrolments, joins, key_of
from narvaro.ledger.windows import WindowPeriods
from narvaro.quality.counting import (
    LessonCounts,
    Spot,
    is_now,
    lesson_counts,
    median_delays,
    parameters_of,
)
from narvaro.shares import Share, reaches, share_record
from narvaro.timetable import At, Month, Period, Week, Window, parse_window

By = Literal["school", "class", "teacher", "week", "month"]
WAYS: tuple[By, ...] = ("school", "class", "teacher", "week", "month")
TARGET = Fraction(95)
"""Per cent of due teaching time to be acknowledged, unless a programme says otherwise."""


@dataclass(frozen=True, slots=True)
class Registration:
    """How far the lessons of one school, or of one class, teacher, week or month there, were kept.

    `class_` is None also for lessons that name no class. `pupils` are those enrolled in the days
    (but not in preschool), `pupils_without_timetable` those of them without any ended lesson at any
    school; both are None by teacher and by week. `median_delay` is minutes over lessons.
    """

    by: By
    school: str
    from_on: date
    to_on: date
    counts: LessonCounts
    target: Fraction = TARGET
    class_: str | None = None
    teacher: str | None = None
    median_delay: Share | None = None
    pupils: int | None = None
    pupils_without_timetable: int | None = None

    @property
    def reaches_by_time(self) -> bool | None:
        """Whether the target is met by time, compared exactly; None without lessons."""
        return reaches(self.counts.by_time, self.target) if self.counts.lessons else None

    @property
    def reaches_by_lessons(self) -> bool | None:
        """Whether the target is met by lessons, compared exactly; None without lessons."""
        return reaches(self.counts.by_lessons, self.target) if self.counts.lessons else None

    def as_record(self) -> dict[str, Any]:
        """The row as the command line's JSON contract has it (docs/reference/command-line.md)."""
        record: dict[str, Any] = {"school": self.school}
        if self.by == "class":
            record["class"] = self.class_
        if self.by == "teacher":
            record["teacher"] = self.teacher
        if self.by == "week":
            record["week"] = str(Week.holding(self.from_on))
        if self.by == "month":
            record["month"] = str(Month.holding(self.from_on))
        record |= {"from": self.from_on.isoformat(), "to": self.to_on.isoformat()}
        return (
            record
            | self.counts.as_record()
            | {
                "median_delay_minutes": share_record(self.median_delay),
                "reaches_target_by_time": self.reaches_by_time,
                "reaches_target_by_lessons": self.reaches_by_lessons,
                "pupils": self.pupils,
                "pupils_without_timetable": self.pupils_without_timetable,
            }
        )


def registration(
    snapshot: Snapshot,
    *,
    window: Window | Period | str,
    at: At | None = None,
    known_at: datetime | None = None,
    by: By = "school",
    target: Fraction = TARGET,
) -> list[Registration]:
    """Say how far the lessons of a window were acknowledged, by time and by lessons.

    Returns one row per school, or per school and class, teacher, ISO week or calendar month, in
    that order. A school or class with enrolled pupils and no lessons has a row of zeros. A lesson
    of two teachers counts for both. `known_at` defaults to now. Raises BadRequest.
    """
    if by not in WAYS:
        raise BadRequest(
            f"Registration cannot be told by {by!r}.", remedy=f"Use {', '.join(WAYS)}."
        )
    moment = known_at or datetime.now(UTC)
    periods = WindowPeriods(snapshot, as_window(window), at, moment)
    asked = Asked(snapshot, moment, by, target)
    rows = [
        row
        for period in periods.distinct()
        for row in asked.over(period)
        if periods.belongs(asked.numbers[row.school], period)
    ]
    return sorted(rows, key=_in_order)


def as_window(window: Window | Period | str) -> Window:
    """A window from its text, or from two dates."""
    if isinstance(window, Period):
        return Window("dates", dates=window)
    return parse_window(window) if isinstance(window, str) else window


class Enrolled(NamedTuple):
    """How many pupils are enrolled, and how many of them had no lesson."""

    pupils: int = 0
    without_timetable: int = 0


@dataclass(frozen=True)
class Asked:
    """One question about registration, over periods that differ from school to school."""

    snapshot: Snapshot
    known_at: datetime
    by: By
    target: Fraction

    def over(self, period: Period) -> Iterator[Registration]:
        """The rows of a period, of every school."""
        counts = lesson_counts(self.snapshot, period, self.known_at, by=self.by)
        medians = median_delays(self.snapshot, period, self.known_at, by=self.by)
        pupils = self._pupils(period, counts)
        for spot in {**counts, **pupils}:
            days = self._days(spot, period)
            enrolled = None if self.by in ("teacher", "week") else pupils.get(spot, Enrolled())
            yield Registration(
                self.by,
                self.schools.keys[spot.school],
                days.from_on,
                days.to_on,
                counts.get(spot, LessonCounts()),
                self.target,
                spot.class_,
                None if spot.teacher is None else self.teachers[spot.teacher],
                medians.get(spot),
                enrolled and enrolled.pupils,
                enrolled and enrolled.without_timetable,
            )

    def _days(self, spot: Spot, period: Period) -> Period:
        """The days of a row: its week or month as far as the window holds it."""
        if spot.begins_on is None:
            return period
        whole = (Week if self.by == "week" else Month).holding(spot.begins_on).period
        return whole.shared_with(period) or period

    def _pupils(self, period: Period, counts: Iterable[Spot]) -> Mapping[Spot, Enrolled]:
        """Enrolled pupils by spot, and those of them who had no lesson in its days."""
        if self.by in ("teacher", "week"):
            return {}
        with_lessons = self._pupils_with_lessons(period)
        enrolled: defaultdict[Spot, set[int]] = defaultdict(set)
        for begins_on in {spot.begins_on for spot in counts} or {None}:
            if self.by == "month" and begins_on is None:
                continue
            days = self._days(Spot(0, begins_on=begins_on), period)
            for one in self.roster:
                if one.overlaps(days) and one.grade != "preschool":
                    class_ = one.class_ if self.by == "class" else None
                    enrolled[Spot(one.school, class_, begins_on)].add(one.pupil)
        return {
            spot: Enrolled(
                len(pupils), sum((one, spot.begins_on) not in with_lessons for one in pupils)
            )
            for spot, pupils in enrolled.items()
        }

    def _pupils_with_lessons(self, period: Period) -> frozenset[tuple[int, date | None]]:
        now = is_now(self.snapshot, period, self.known_at)
        rows = self.snapshot.engine.query(
            sql_beside(__file__, f"pupils_with_lessons{'_now' if now else ''}.sql"),
            tables=self.snapshot.tables("pupil_day" if now else "rows"),
            parameters=parameters_of(period, self.known_at, self.by),
        )
        joined = joins(self.snapshot)
        return frozenset((joined.get(pupil, pupil), begins_on) for pupil, begins_on in rows)

    @cached_property
    def schools(self) -> Schools:
        return Schools(self.snapshot, self.known_at)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """School key → number."""
        return {key: number for number, key in self.schools.keys.items()}

    @cached_property
    def teachers(self) -> Mapping[int, str]:
        return key_of(self.snapshot, "staff")

    @cached_property
    def roster(self) -> list[Enrolment]:
        return enrolments(self.snapshot, self.known_at)


def _in_order(row: Registration) -> tuple[str, str, str, date]:
    return row.school, row.class_ or "", row.teacher or "", row.from_on
