"""In which weeks a school should have had a timetable, and in which it had lessons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from narvaro.ledger import Snapshot
from narvaro.ledger.schools import Schools
from narvaro.ledger.standing import LAST_DAY, Enrolment, calendars, enrolments, standing
from narvaro.quality.counting import LessonCounts, lesson_counts, together
from narvaro.timetable import Calendar, Calendars, Period, Week, end_of_day, local_day

Basis = Literal["calendar", "other_schools", "weekdays"]
"""What says which weeks have school days: the school's calendar; without one, the Mondays to
Fridays of weeks in which the authority's other schools had lessons; without those, every week."""

_SATURDAY = 5
_EVER = Period(date.min, LAST_DAY)


class Weeks(NamedTuple):
    """The ISO weeks with school days in some days, and those of them without a lesson there."""

    basis: Basis
    expected: tuple[Week, ...]
    missing: tuple[Week, ...]

    @property
    def is_loaded(self) -> bool:
        """Whether there is a timetable for every week with school days."""
        return not self.missing


@dataclass(frozen=True)
class SchoolWeeks:
    """Lessons of every school by day over a period, as known at a time."""

    snapshot: Snapshot
    period: Period
    known_at: datetime
    _found: dict[int, Calendar] = field(default_factory=dict, repr=False)

    def of(self, school: int, days: Period) -> Weeks:
        """The weeks of a school over some days of the period that are over by then.

        A week counts only with its days in `days`; it is loaded when one of them has a lesson.
        """
        over = self._over(days)
        if over is None:
            return Weeks(self._basis(school, days), (), ())
        basis = self._basis(school, over)
        expected = tuple(self._school_weeks(school, over, basis))
        held = {Week.holding(day) for day in self._by_school.get(school, {}) if over.holds(day)}
        return Weeks(basis, expected, tuple(week for week in expected if week not in held))

    def counts(self, school: int, days: Period) -> LessonCounts:
        """The ended lessons of a school on some days of the period."""
        by_day = self._by_school.get(school, {})
        return together(counts for day, counts in by_day.items() if days.holds(day))

    def first_day(self, school: int, days: Period, *, acknowledged: bool = False) -> date | None:
        """The first day with a lesson, or with one that was acknowledged."""
        found = [
            day
            for day, counts in self._by_school.get(school, {}).items()
            if days.holds(day) and (counts.acknowledged_lessons or not acknowledged)
        ]
        return min(found, default=None)

    def has_summaries(self, school: int, days: Period) -> bool:
        """Whether minutes of the school were told as sums over periods that touch the days."""
        return any(days.overlaps(period) for period in self._summaries.get(school, ()))

    def schools(self, days: Period) -> frozenset[int]:
        """Every school unit of those days, and schools with pupils, lessons or sums then."""
        taught = {school for school in self._by_school if self.counts(school, days).lessons}
        enrolled = {one.school for one in self._enrolments if one.overlaps(days)}
        summed = {school for school in self._summaries if self.has_summaries(school, days)}
        return self.places.units(days) | taught | enrolled | summed

    @cached_property
    def places(self) -> Schools:
        """The schools as known at the time."""
        return Schools(self.snapshot, self.known_at)

    def has_begun(self, days: Period) -> bool:
        """Whether the first of the days has come."""
        return days.from_on <= local_day(self.known_at)

    def _over(self, days: Period) -> Period | None:
        """The days that are over at the time."""
        today = local_day(self.known_at)
        last = today if end_of_day(today) <= self.known_at else today - timedelta(days=1)
        return Period(days.from_on, min(days.to_on, last)) if days.from_on <= last else None

    def _basis(self, school: int, days: Period) -> Basis:
        if self._calendar(school).speaks_of(days.from_on):
            return "calendar"
        authority = self._authorities.get(school)
        others = [one for one, above in self._authorities.items() if above == authority]
        return "other_schools" if set(others) - {school} else "weekdays"

    def _school_weeks(self, school: int, days: Period, basis: Basis) -> Iterable[Week]:
        school_days = self._calendar(school).school_days(days)
        weeks = dict.fromkeys(Week.holding(day) for day in school_days)
        if basis != "other_schools":
            return weeks
        return [week for week in weeks if self._is_taught_elsewhere(school, week, days)]

    def _is_taught_elsewhere(self, school: int, week: Week, days: Period) -> bool:
        """Whether the authority's other schools had lessons on weekdays of a week."""
        taught = self._taught_days[self._authorities.get(school)]
        own = self._by_school.get(school, {})
        shared = week.period.shared_with(days)
        return shared is not None and any(
            day.weekday() < _SATURDAY and taught[day] > (day in own) for day in shared.days()
        )

    def _calendar(self, school: int) -> Calendar:
        """The calendar that holds for a school; Monday to Friday when nobody told one."""
        if school not in self._found:
            known = self._calendars
            self._found[school] = known.of(self.places.keys[school]) if known else Calendar()
        return self._found[school]

    @cached_property
    def _authorities(self) -> Mapping[int, str | None]:
        """The school authority above every school there ever was."""
        return {school: self.places.authority(school) for school in self.schools(_EVER)}

    @cached_property
    def _taught_days(self) -> Mapping[str | None, Counter[date]]:
        """By authority: how many of its schools had lessons on a day."""
        found: defaultdict[str | None, Counter[date]] = defaultdict(Counter)
        for school, days in self._by_school.items():
            found[self._authorities[school]].update(days.keys())
        return found

    @cached_property
    def _by_school(self) -> Mapping[int, Mapping[date, LessonCounts]]:
        found: defaultdict[int, dict[date, LessonCounts]] = defaultdict(dict)
        counted = lesson_counts(self.snapshot, self.period, self.known_at, by="day")
        for spot, counts in counted.items():
            if spot.begins_on is not None:
                found[spot.school][spot.begins_on] = counts
        return found

    @cached_property
    def _summaries(self) -> Mapping[int, frozenset[Period]]:
        found: defaultdict[int, set[Period]] = defaultdict(set)
        for row in standing(self.snapshot, "period_summaries", self.known_at):
            found[row["school"]].add(Period(row["from"], row["to"]))
        return {school: frozenset(periods) for school, periods in found.items()}

    @cached_property
    def _enrolments(self) -> list[Enrolment]:
        return enrolments(self.snapshot, self.known_at)

    @cached_property
    def _calendars(self) -> Calendars | None:
        return calendars(self.snapshot, self.known_at)
