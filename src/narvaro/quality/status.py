"""How far a school has come with its registration in a term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Literal

from narvaro.engine import sql_beside
from narvaro.ledger import Snapshot
from narvaro.ledger.windows import WindowPeriods
from narvaro.quality.counting import LessonCounts
from narvaro.quality.registration import TARGET
from narvaro.quality.status_words import status_in_words
from narvaro.quality.weeks import SchoolWeeks, Weeks
from narvaro.shares import reaches
from narvaro.timetable import At, Period, Window

Status = Literal[
    "no_system", "timetable_not_loaded", "partly", "reliable", "only_summaries", "not_begun"
]


@dataclass(frozen=True, slots=True)
class TermStatus:
    """One school's term so far.

    `no_system`: nobody ever told of a lesson of the school. `timetable_not_loaded`: there are
    lessons, but none in the term so far. `partly`: a week with school days has no lesson, or less
    than `target` per cent of due teaching time is acknowledged. `reliable`: neither.
    `not_begun`: the term has not begun, or no school day of its calendar is over.
    `only_summaries`: minutes are told by period only, so no lesson can be judged.
    """

    school: str
    from_on: date
    to_on: date
    status: Status
    weeks: Weeks
    counts: LessonCounts
    first_lesson_on: date | None
    first_acknowledged_on: date | None
    target: Fraction

    @property
    def reason(self) -> Mapping[str, str]:
        """The status in words, `sv` and `en`."""
        facts: dict[str, Any] = {
            "status": self.status,
            "weeks": self.weeks,
            "counts": self.counts,
            "first": self.first_acknowledged_on,
            "target": self.target,
        }
        return {"sv": status_in_words("sv", **facts), "en": status_in_words("en", **facts)}

    def as_record(self) -> dict[str, Any]:
        """The row as the command line's JSON contract has it (docs/reference/command-line.md)."""
        return {
            "school": self.school,
            "from": self.from_on.isoformat(),
            "to": self.to_on.isoformat(),
            "status": self.status,
            "reason": dict(self.reason),
            "basis": self.weeks.basis,
            "weeks": [str(week) for week in self.weeks.expected],
            "weeks_without_timetable": [str(week) for week in self.weeks.missing],
            "first_lesson": _day(self.first_lesson_on),
            "first_acknowledged_lesson": _day(self.first_acknowledged_on),
            **self.counts.as_record(),
        }


def school_term_status(
    snapshot: Snapshot,
    *,
    at: At,
    known_at: datetime | None = None,
    target: Fraction = TARGET,
) -> list[TermStatus]:
    """Say of every school how far its registration has come in the term that holds a day.

    The term is that of the school's calendar, else the half-year. Returns one row per school, as
    known at a time (default: now).
    """
    moment = known_at or datetime.now(UTC)
    periods = WindowPeriods(snapshot, Window("term"), at, moment)
    weeks = SchoolWeeks(snapshot, periods.widest(), moment)
    told = _schools_told_of(snapshot, moment)
    found = [
        _status(weeks, school, periods.of(school), target, is_told_of=school in told)
        for school in weeks.schools(periods.widest())
    ]
    return sorted(found, key=lambda one: one.school)


def _status(
    weeks: SchoolWeeks, school: int, term: Period, target: Fraction, *, is_told_of: bool
) -> TermStatus:
    counts = weeks.counts(school, term)
    if counts.lessons:
        status = _by_lessons(weeks.of(school, term), counts, target)
    else:
        status = _without_lessons(weeks, school, term, is_told_of=is_told_of)
    return TermStatus(
        weeks.places.keys[school],
        term.from_on,
        term.to_on,
        status,
        weeks.of(school, term),
        counts,
        weeks.first_day(school, term),
        weeks.first_day(school, term, acknowledged=True),
        target,
    )


def _by_lessons(weeks: Weeks, counts: LessonCounts, target: Fraction) -> Status:
    is_whole = weeks.is_loaded and reaches(counts.by_time, target)
    return "reliable" if is_whole else "partly"


def _without_lessons(weeks: SchoolWeeks, school: int, term: Period, *, is_told_of: bool) -> Status:
    expected = weeks.of(school, term)
    if weeks.has_summaries(school, term):
        return "only_summaries"
    if not weeks.has_begun(term) or (expected.basis == "calendar" and not expected.expected):
        return "not_begun"
    return "timetable_not_loaded" if is_told_of else "no_system"


def _schools_told_of(snapshot: Snapshot, known_at: datetime) -> frozenset[int]:
    rows = snapshot.engine.query(
        sql_beside(__file__, "schools_told_of_lessons.sql"),
        tables=snapshot.tables("lessons"),
        parameters={"known_at": known_at},
    )
    return frozenset(row[0] for row in rows)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
