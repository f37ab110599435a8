"""Lessons counted by school, class, week, month, day or teacher: what every page of quality sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from narvaro.engine import sql_beside
from narvaro.ledger import Snapshot
from narvaro.shares import Share, share_of, share_record
from narvaro.timetable import Period, local_day

By = Literal["school", "class", "teacher", "week", "month", "day"]


class Spot(NamedTuple):
    """Where lessons were counted, in the ledger's numbers; `begins_on` opens the week or month."""

    school: int
    class_: str | None = None
    begins_on: date | None = None
    teacher: int | None = None


@dataclass(frozen=True, slots=True)
class LessonCounts:
    """Ended lessons that were not cancelled; minutes are whole.

    `timed_lessons` are the acknowledged ones whose time of acknowledgement is known, and
    `delay_minutes` is their sum of minutes from the lesson's end to it.
    """

    lessons: int = 0
    lesson_minutes: int = 0
    acknowledged_lessons: int = 0
    acknowledged_lesson_minutes: int = 0
    same_day_lessons: int = 0
    timed_lessons: int = 0
    delay_minutes: int = 0
    lessons_without_pupils: int = 0
    lessons_without_teacher: int = 0

    def __add__(self, other: LessonCounts) -> LessonCounts:
        return together((self, other))

    @property
    def by_time(self) -> Share | None:
        """Acknowledged of due teaching time."""
        return share_of(self.acknowledged_lesson_minutes, self.lesson_minutes)

    @property
    def by_lessons(self) -> Share | None:
        """Acknowledged of due lessons."""
        return share_of(self.acknowledged_lessons, self.lessons)

    @property
    def same_day(self) -> Share | None:
        """Acknowledged on the lesson's own day, of those whose time is known."""
        return share_of(self.same_day_lessons, self.timed_lessons)

    @property
    def same_day_low(self) -> Share | None:
        """Of all due lessons, those surely acknowledged on their own day."""
        return share_of(self.same_day_lessons, self.lessons)

    @property
    def same_day_high(self) -> Share | None:
        """The same, if every acknowledgement without a time was made on the lesson's own day."""
        untimed = self.acknowledged_lessons - self.timed_lessons
        return share_of(self.same_day_lessons + untimed, self.lessons)

    @property
    def mean_delay(self) -> Share | None:
        """Minutes and lessons: the mean delay is the one divided by the other."""
        return share_of(self.delay_minutes, self.timed_lessons)

    def as_record(self) -> dict[str, Any]:
        """The counts and their shares as JSON."""
        return asdict(self) | {
            "acknowledged_by_time": share_record(self.by_time),
            "acknowledged_by_lessons": share_record(self.by_lessons),
            "same_day": share_record(self.same_day),
            "same_day_low": share_record(self.same_day_low),
            "same_day_high": share_record(self.same_day_high),
            "mean_delay_minutes": share_record(self.mean_delay),
        }


def together(counts: Iterable[LessonCounts]) -> LessonCounts:
    """The sum of some counts."""
    return LessonCounts(*map(sum, zip(*map(_COLUMNS, counts), strict=True)))


_COLUMNS = attrgetter(*(one.name for one in fields(LessonCounts)))


def lesson_counts(
    snapshot: Snapshot, period: Period, known_at: datetime, *, by: By
) -> Mapping[Spot, LessonCounts]:
    """Count the ended lessons of a period as known at a time; places without lessons are left out.

    From the sums by day when nothing became known later and the period is over, else from the
    signed rows of lessons.
    """
    name = "lesson_day" if is_now(snapshot, period, known_at) and by != "teacher" else "lesson_rows"
    parameters = parameters_of(period, known_at, by)
    if by == "teacher":
        rows = snapshot.engine.query(
            sql_beside(__file__, "lessons_by_teacher.sql"),
            tables=snapshot.tables("lesson_rows", "lesson_teachers"),
            parameters=parameters,
        )
        return {Spot(row[0], teacher=row[1]): _counts(row[2:]) for row in rows}
    rows = snapshot.engine.query(
        sql_beside(__file__, _FILES[name]), tables=snapshot.tables(name), parameters=parameters
    )
    return {Spot(row[0], row[1], row[2]): _counts(row[3:]) for row in rows}


_FILES = {"lesson_day": "lessons_by_place_now.sql", "lesson_rows": "lessons_by_place.sql"}


def median_delays(
    snapshot: Snapshot, period: Period, known_at: datetime, *, by: By
) -> Mapping[Spot, Share]:
    """The median delay as minutes over lessons: of the middle lesson, or of the two in the middle."""
    rows = snapshot.engine.query(
        sql_beside(__file__, "median_delays.sql"),
        tables=snapshot.tables("lesson_rows", "lesson_teachers"),
        parameters=parameters_of(period, known_at, by),
    )
    return {Spot(*row[:4]): (int(row[4]), int(row[5])) for row in rows}


def is_now(snapshot: Snapshot, period: Period, known_at: datetime) -> bool:
    """Whether the sums by day answer: nothing is known later, and every day's lessons ended."""
    over = period.to_on <= local_day(known_at) - timedelta(days=2)
    return over and snapshot.batch.newest_recorded_at <= known_at


def parameters_of(period: Period, known_at: datetime, by: str = "") -> dict[str, object]:
    """What every query of a period binds; months are partitions, as 201712."""
    return {
        "by": by,
        "from_month": month_number(period.from_on),
        "to_month": month_number(period.to_on),
        "from_on": period.from_on,
        "to_on": period.to_on,
        "known_at": known_at,
    }


def month_number(day: date) -> int:
    """The month of a day as the ledger partitions it: 201712."""
    return day.year * 100 + day.month


def _counts(values: Iterable[Any]) -> LessonCounts:
    return LessonCounts(*(int(value) for value in values))
