"""Everything a page of flow counts: an authority's flags and cases of a school year, as of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache

from narvaro.timetable import Calendar, Month, Period, SchoolYear
from narvaro.web.accounts.models import Authority, Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.flow import (
    CaseRow,
    Common,
    DayCounts,
    DueStep,
    FlagRow,
    PupilYear,
    due_steps,
    pupil_years,
)
from narvaro.web.cases.flow.reading import read_cases, read_common
from narvaro.web.cases.models import Task, TaskKind
from narvaro.web.figures.facts import facts_at
from narvaro.web.figures.places import areas_of
from narvaro.web.figures.taking_part import taking_part, took_part_at_the_start
from narvaro.web.inbox.models import Flag
from narvaro.web.pupils.models import Protection

PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Forced:
    """A task that a counter made of a pupil (A-R-46)."""

    pupil: str
    school: str
    is_answered: bool


@dataclass(frozen=True)
class Flow:
    """An authority in a school year, as known on a day. Only schools in the programme are in it.

    `areas` is school key → the area's name. `is_as_started`: those of the project's first day,
    also after they left; otherwise those that still take part. `beside` is the other of the two,
    where their schools are not the same: who reads both can take the one from the other.
    """

    authority: Authority
    year: SchoolYear
    today: date
    now: datetime
    schools: Mapping[str, Unit]
    areas: Mapping[str, Unit]
    common: Common
    is_as_started: bool = False
    beside: Flow | None = None

    @property
    def last_day(self) -> date:
        """The last day of the year that is known."""
        return min(self.today, self.year.period.to_on)

    @cached_property
    def cases(self) -> Sequence[CaseRow]:
        """Cases that were open in the year."""
        found = read_cases(self.authority, since=self.year.period.from_on, today=self.last_day)
        return [one for one in found if one.school in self.schools]

    @cached_property
    def flags(self) -> Sequence[FlagRow]:
        """Flags of the year's month ends that stand."""
        rows = Flag.objects.filter(
            authority=self.authority,
            withdrawn_at__isnull=True,
            is_for_evaluation_only=False,
            taken_on__lte=self.today,
            pupil__protection=Protection.NONE,
        ).values_list(
            *("pupil__key", "school__key", "month", "answered_on"),
            *("was_before_the_start", "due_on"),
        )
        every = (_flag(*row, today=self.last_day) for row in rows)
        return [
            one
            for one in every
            if one.school in self.schools and self.year.period.holds(one.month_end)
        ]

    @cached_property
    def forced(self) -> Sequence[Forced]:
        """Tasks that counters made in the year."""
        rows = Task.objects.filter(
            kind=TaskKind.FORCED_MOVE,
            school__authority=self.authority,
            made_on__range=(self.year.period.from_on, self.last_day),
            pupil__protection=Protection.NONE,
        ).values_list("pupil__key", "school__key", "done_on")
        return [
            Forced(pupil, school, done_on is not None and done_on <= self.last_day)
            for pupil, school, done_on in rows
            if school in self.schools
        ]

    @cached_property
    def due(self) -> Sequence[DueStep]:
        """Steps due in the year, whoever's case it was."""
        today = self.today
        found = due_steps(self.cases, self.common, self.days.calendar, today=today)
        return [one for one in found if self.year.period.holds(one.due_on)]

    @cached_property
    def pupils(self) -> Sequence[PupilYear]:
        """Pupils flagged or taken up in the year."""
        return pupil_years(self.flags, self.cases, self.year, self.common)

    @cached_property
    def days(self) -> DayCounts:
        """School days, from the year before to the day."""
        facts = facts_at(self.now)
        calendars: dict[str, Calendar] = {}

        def calendar_of(school: str) -> Calendar:
            if school not in calendars:
                calendars[school] = Calendar() if facts is None else facts.calendar(school)
            return calendars[school]

        first = SchoolYear(self.year.begins - 1).period.from_on
        return DayCounts(calendar_of, Period(first, max(self.last_day, first)))


def flow_of(viewer: Viewer, year: SchoolYear, *, as_started: bool = False) -> Flow:
    """The authority of a viewer in a school year, as far as the viewer's day."""
    last = min(viewer.today, year.period.to_on)
    schools = _schools(viewer)
    while_in, at_start = arms_of(viewer.now, last)
    areas = areas_of(schools, viewer.today)
    base = Flow(
        viewer.authority, year, viewer.today, viewer.now, {}, {}, read_common(viewer.authority)
    )

    def flow(arms: Arms, *, is_as_started: bool) -> Flow:
        mine = schools if arms is None else [one for one in schools if arms.get(one.key) == PROJECT]
        return replace(
            base,
            schools={one.key: one for one in mine},
            areas={one.key: areas[one.pk] for one in mine if one.pk in areas},
            is_as_started=is_as_started,
        )

    now, before = flow(while_in, is_as_started=False), flow(at_start, is_as_started=True)
    if now.schools.keys() == before.schools.keys():
        return now
    return replace(before, beside=now) if as_started else replace(now, beside=before)


def still_in(flow: Flow) -> Flow:
    """The flow of the schools that still take part, whichever of the two was asked for."""
    return flow.beside if flow.is_as_started and flow.beside is not None else flow


def _schools(viewer: Viewer) -> list[Unit]:
    mine = Unit.objects.filter(authority=viewer.authority, kind=UnitKind.SCHOOL)
    return list(mine.exclude(key="").order_by("name"))


Arms = Mapping[str, str] | None
"""School key → its arm; None when every school takes part."""


def arms_of(now: datetime, day: date) -> tuple[Arms, Arms]:
    """Who takes part on a day, and who did when the project began (P12).

    A school that is there to be compared with counts in neither.
    """
    facts = facts_at(now)
    if facts is None:
        return None, None
    return taking_part(facts, day), took_part_at_the_start(facts)


def _flag(
    pupil: str,
    school: str,
    month: str,
    answered_on: date | None,
    is_history: bool,
    due_on: date | None,
    *,
    today: date,
) -> FlagRow:
    end = _end_of(month)
    answered = answered_on if answered_on is not None and answered_on <= today else None
    is_waiting = answered is None and not is_history
    is_late = is_waiting and due_on is not None and due_on < today
    return FlagRow(pupil, school, end, answered, is_waiting, is_late)


@lru_cache(maxsize=64)
def _end_of(month: str) -> date:
    return Month.of(*map(int, month.split("-"))).last_day
