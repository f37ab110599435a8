"""Everything a page of figures is made of, for one programme at one month end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from narvaro.measurement import PeriodSum, sums_of
from narvaro.measurement.lessons import PupilLesson, lessons_of
from narvaro.programmes import Programme, Rule
from narvaro.quality import LessonCounts
from narvaro.quality.counting import together as in_all
from narvaro.timetable import (
    At,
    Calendar,
    Month,
    Period,
    SchoolYear,
    Window,
    end_of_day,
    local_day,
)
from narvaro.web.figures.facts import telling
from narvaro.web.figures.facts.judging import Cell, Judging
from narvaro.web.figures.facts.opened import Opened
from narvaro.web.figures.facts.standing import Standing
from narvaro.web.figures.facts.tally import Tally, together

TREND_MONTHS = 14
SETTLING_DAYS = 4
"""A month is preliminary until this many days of the next one are over: what was registered
late, and what was corrected, has come in by then. An assumption of ours, shown on the page."""


@dataclass(frozen=True)
class Facts:
    """A programme's first rule at a month end, as known at a moment; values are kept.

    `month` is the last month with lessons that was over by then, or another that was asked for.
    """

    opened: Opened
    programmes: tuple[Programme, ...]
    known_at: datetime
    done_known_at: datetime
    """Up to when what was done is known: told of more often than registrations."""
    month: Month
    left_out: frozenset[str] = frozenset()
    """Keys of pupils whom no figure counts."""

    @property
    def programme(self) -> Programme:
        """The main programme in force."""
        return self.programmes[0]

    @property
    def rule(self) -> Rule:
        """The rule in force that the list is about: the main programme's first."""
        return self.programme.rules[0]

    @property
    def today(self) -> date:
        """The local day of what is known."""
        return local_day(self.known_at)

    def at(self, month: Month) -> Facts:
        """The same at another month end."""
        return replace(self, month=month)

    def without(self, pupils: frozenset[str]) -> Facts:
        """The same with some pupils in no list and no count."""
        return replace(self, left_out=pupils)

    def as_told(self) -> Facts:
        """The month as it stood when it became final, or as it stands when it has not yet."""
        final = end_of_day(settles_on(self.month))
        known_at, done_known_at = min(self.known_at, final), min(self.done_known_at, final)
        return replace(self, known_at=known_at, done_known_at=done_known_at)

    def judging(self, rule: Rule | None = None, window: Window | None = None) -> Judging:
        """Pupils held against a rule (the one in force), or its limit over another window."""
        asked = rule or self.rule
        if window is not None and window != asked.window:
            asked = replace(asked, window=window)
        return Judging(self.opened, self.programme, asked, self.known_at, self.left_out)

    def standings(self, school: str, window: Window | None = None) -> tuple[Standing, ...]:
        """The pupils of a school at the month end, in no order."""
        return self.judging(window=window).of_school(self.month, school)

    def tallies(self, schools: Iterable[str], window: Window | None = None) -> Mapping[Cell, Tally]:
        """The pupils of some schools counted by school, class, grade and sex."""
        wanted = frozenset(schools)
        every = self.judging(window=window).tallies(self.month)
        return {cell: tally for cell, tally in every.items() if cell.school in wanted}

    def by_school(self, window: Window | None = None) -> Mapping[str, Tally]:
        """Every school's pupils together."""
        return self.judging(window=window).by_school(self.month)

    def by_grade(
        self, schools: Iterable[str], window: Window | None = None
    ) -> Mapping[Cell, Tally]:
        """The pupils of some schools counted by grade and sex alone."""
        return self.judging(window=window).by_grade(self.month, frozenset(schools))

    def tally(self, schools: Iterable[str], window: Window | None = None) -> Tally:
        """The pupils of some schools together."""
        found = self.by_school(window)
        return together(found[school] for school in set(schools) if school in found)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The months with lessons that were over, oldest first."""
        known = telling.months_with_lessons(self.opened)
        return tuple(one for one in known if end_of_day(one.last_day) <= self.known_at)

    @property
    def trend_months(self) -> tuple[Month, ...]:
        """The month and those before it, as far back as there are lessons, at most fourteen."""
        first = min(self.months, default=self.month)
        every = (self.month.plus(step) for step in range(1 - TREND_MONTHS, 1))
        return tuple(one for one in every if one >= first)

    def period(self, window: Window | None = None) -> Period:
        """The window's days up to the month's end, by the calendar of no school in particular."""
        asked = window or self.rule.window
        whole = asked.period(At(self.month.last_day), Calendar())
        return Period(
            min(whole.from_on, self.month.last_day), min(whole.to_on, self.month.last_day)
        )

    def lesson_counts(self, period: Period) -> Mapping[tuple[str, str], LessonCounts]:
        """Ended lessons of some days by (school, class or an empty text)."""
        return telling.lesson_counts(self.opened, period, self.known_at)

    def school_lessons(self, schools: Iterable[str], period: Period) -> LessonCounts:
        """Ended lessons of some schools together."""
        wanted = frozenset(schools)
        found = self.lesson_counts(period)
        return in_all(n for (school, _), n in found.items() if school in wanted)

    def verdicts(self, months: Sequence[Month]) -> Mapping[tuple[str, Month], telling.Told]:
        """(School, month) → whether the month can be used there, and why not."""
        target = self.programme.registration.target
        return telling.verdicts(self.opened, months, self.known_at, target)

    def until(self, schools: Iterable[str]) -> datetime | None:
        """When the last known lesson of some schools ended."""
        found = telling.last_lessons(self.opened, self.known_at)
        return max((found[school] for school in schools if school in found), default=None)

    def corrections(self, period: Period) -> Mapping[str, int]:
        """School → how many pupils' lessons were told anew since the month became final."""
        since = end_of_day(settles_on(self.month))
        return telling.corrections(self.opened, period, self.known_at, since)

    @property
    def receipt(self) -> str:
        """What the figures can be made again from: the programme, the month and the batch."""
        one = self.programme
        batch = self.opened.snapshot.batch.batch
        return f"{one.id} v{one.version} {one.fingerprint[:12]} · {self.month} · {batch}"

    def calendar(self, school: str) -> Calendar:
        """The calendar of a school."""
        known = telling.calendars(self.opened, self.known_at)
        return known.of(school) if known else Calendar()

    @cached_property
    def events(self) -> Mapping[str, Sequence[telling.Event]]:
        """Pupil key → what was begun for the pupil, oldest first; nothing later than the day."""
        return telling.events(self.opened, self.done_known_at)

    @cached_property
    def flagged_months(self) -> Mapping[Month, frozenset[str]]:
        """The school year's month ends so far → who was flagged, by any rule run at each."""
        first = Month.holding(SchoolYear.holding(self.month.last_day).period.from_on)
        every = [Month(number) for number in range(first.number, self.month.number + 1)]
        return {month: self._flagged(month) for month in every}

    def _flagged(self, month: Month) -> frozenset[str]:
        if month not in self.months:
            return frozenset()
        rules = [one for one in self.programme.rules if one.is_checked_at(month.last_day)]
        return frozenset().union(*(self.judging(rule).flagged(month) for rule in rules))

    def flags_in_year(self, pupil: str) -> int:
        """At how many month ends of the school year the pupil was flagged."""
        return sum(pupil in found for found in self.flagged_months.values())

    def flagged_since(self, pupil: str) -> date | None:
        """The day from which the pupil has stood on the list without a break this school year."""
        since: Month | None = None
        for month in sorted(self.flagged_months, reverse=True):
            if pupil not in self.flagged_months[month]:
                if month in self.months:
                    break
                continue
            since = month
        return None if since is None else since.plus(1).first_day

    def lessons_of(self, pupil: str, period: Period) -> list[PupilLesson]:
        """A pupil's ended lessons, read now: some tens of milliseconds."""
        with self.opened.shelf.making:
            return list(lessons_of(self.opened.snapshot, pupil, period, self.known_at))

    def sums_of(self, pupil: str, period: Period) -> list[PeriodSum]:
        """What was told of a pupil for whole periods at once, read now."""
        with self.opened.shelf.making:
            return sums_of(self.opened.snapshot, pupil, period, self.known_at)


def settles_on(month: Month) -> date:
    """The last day on which a month is preliminary."""
    return month.last_day + timedelta(days=SETTLING_DAYS)
