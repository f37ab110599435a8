"""Whether a school's month can be used for figures and comparisons, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from narvaro.engine import sql_beside
from narvaro.ledger import Snapshot
from narvaro.ledger.schools import Schools
from narvaro.ledger.windows import WindowPeriods
from narvaro.quality.counting import LessonCounts, is_now, month_number, parameters_of
from narvaro.quality.registration import TARGET
from narvaro.quality.verdict_words import verdict_in_words
from narvaro.quality.weeks import SchoolWeeks, Weeks
from narvaro.shares import Share, reaches, share_of, share_record
from narvaro.timetable import At, Month, Period, Window, end_of_day

Why = Literal[
    "",
    "not_begun",
    "no_school_days",
    "only_summaries",
    "no_lessons",
    "weeks_missing",
    "too_little_acknowledged",
]


class Absence(NamedTuple):
    """A school's minutes of a month: scheduled for its pupils, acknowledged of them, absent."""

    scheduled: int = 0
    acknowledged: int = 0
    absent: int = 0

    @property
    def share(self) -> Share | None:
        """Absent of acknowledged minutes."""
        return share_of(self.absent, self.acknowledged)

    @property
    def low(self) -> Share | None:
        """The best case: everybody was present in every lesson not acknowledged."""
        return share_of(self.absent, self.scheduled)

    @property
    def high(self) -> Share | None:
        """The worst case: nobody was present in any lesson not acknowledged."""
        return share_of(self.absent + self.scheduled - self.acknowledged, self.scheduled)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one month of one school is usable.

    It is when every ISO week of the month with school days has a timetable and at least `target`
    per cent of due teaching time is acknowledged, compared exactly. `why` is empty then, and names
    the reason otherwise. A month that is not over is judged by its days so far.
    """

    school: str
    month: Month
    why: Why
    is_over: bool
    weeks: Weeks
    counts: LessonCounts
    absence: Absence
    target: Fraction

    @property
    def is_usable(self) -> bool:
        """Whether nothing speaks against the month."""
        return not self.why

    @property
    def reason(self) -> Mapping[str, str]:
        """The verdict in words, `sv` and `en`."""
        facts: dict[str, Any] = {
            "month": self.month,
            "why": self.why,
            "weeks": self.weeks,
            "counts": self.counts,
            "target": self.target,
            "is_over": self.is_over,
        }
        return {"sv": verdict_in_words("sv", **facts), "en": verdict_in_words("en", **facts)}

    def as_record(self) -> dict[str, Any]:
        """The row as the command line's JSON contract has it (docs/reference/command-line.md)."""
        return {
            "school": self.school,
            "month": str(self.month),
            "usable": self.is_usable,
            "why": self.why or None,
            "reason": dict(self.reason),
            "is_over": self.is_over,
            "basis": self.weeks.basis,
            "weeks": [str(week) for week in self.weeks.expected],
            "weeks_without_timetable": [str(week) for week in self.weeks.missing],
            **self.counts.as_record(),
            "scheduled_minutes": self.absence.scheduled,
            "acknowledged_minutes": self.absence.acknowledged,
            "absent_minutes": self.absence.absent,
            "share": share_record(self.absence.share),
            "low": share_record(self.absence.low),
            "high": share_record(self.absence.high),
        }


def verdicts(
    snapshot: Snapshot,
    *,
    months: Sequence[Month],
    known_at: datetime | None = None,
    target: Fraction = TARGET,
) -> list[Verdict]:
    """Judge every school's months, as known at a time (default: now).

    Returns one verdict per school and month, in that order: of every school unit of the month, and
    of schools with pupils or lessons in it. `target` is the programme's, in per cent.
    """
    if not months:
        return []
    moment = known_at or datetime.now(UTC)
    span = Period(min(months).first_day, max(months).last_day)
    weeks = SchoolWeeks(snapshot, span, moment)
    absence = _absence(snapshot, span, moment)
    found = [
        _verdict(weeks, school, month, absence, target)
        for month in sorted(set(months))
        for school in weeks.schools(month.period)
    ]
    return sorted(found, key=lambda one: (one.school, one.month))


def months_of(
    snapshot: Snapshot, window: Window, *, at: At | None, known_at: datetime
) -> tuple[Month, ...]:
    """The months that a window touches at some school. Raises BadRequest."""
    periods = WindowPeriods(snapshot, window, at, known_at)
    units = Schools(snapshot, known_at).units(periods.widest())
    every = [periods.of(school) for school in units] or [periods.widest()]
    return tuple(sorted({month for period in every for month in period.months()}))


def _verdict(
    weeks: SchoolWeeks,
    school: int,
    month: Month,
    absence: Mapping[tuple[int, int], Absence],
    target: Fraction,
) -> Verdict:
    counts = weeks.counts(school, month.period)
    expected = weeks.of(school, month.period)
    facts = Facts(
        expected, counts, weeks.has_begun(month.period), weeks.has_summaries(school, month.period)
    )
    return Verdict(
        weeks.places.keys[school],
        month,
        next(_whys(facts, target), ""),
        end_of_day(month.last_day) <= weeks.known_at,
        expected,
        counts,
        absence.get((school, month_number(month.first_day)), Absence()),
        target,
    )


class Facts(NamedTuple):
    """What a verdict looks at."""

    weeks: Weeks
    counts: LessonCounts
    has_begun: bool
    has_summaries: bool


def _whys(facts: Facts, target: Fraction) -> Iterator[Why]:
    """What speaks against a month, the first thing first."""
    weeks, lessons = facts.weeks, facts.counts.lessons
    if not facts.has_begun:
        yield "not_begun"
    if not lessons and facts.has_summaries:
        yield "only_summaries"
    if not lessons and not weeks.expected and weeks.basis == "calendar":
        yield "no_school_days"
    if not lessons:
        yield "no_lessons"
    if not weeks.is_loaded:
        yield "weeks_missing"
    if not reaches(facts.counts.by_time, target):
        yield "too_little_acknowledged"


def _absence(
    snapshot: Snapshot, period: Period, known_at: datetime
) -> Mapping[tuple[int, int], Absence]:
    now = is_now(snapshot, period, known_at)
    rows = snapshot.engine.query(
        sql_beside(__file__, f"absence_by_month{'_now' if now else ''}.sql"),
        tables=snapshot.tables("pupil_month" if now else "rows"),
        parameters=parameters_of(period, known_at),
    )
    return {
        (school, month): Absence(*(int(value) for value in values))
        for school, month, *values in rows
    }
