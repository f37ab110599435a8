"""A pupil's facts: fetched by key in one place, kept while the ledger tells nothing new."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from weakref import WeakKeyDictionary

from narvaro.errors import NotFound
from narvaro.measurement import PeriodSum
from narvaro.measurement.lessons import PupilLesson
from narvaro.programmes import Programme, Rule
from narvaro.timetable import Calendar, Period, SchoolYear, end_of_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts import Event, Facts, Standing, facts_of
from narvaro.web.figures.facts.judging import Judging
from narvaro.web.figures.pupil_panels.days_off import DayOff, days_off_of
from narvaro.web.figures.pupil_panels.runs import FlagOfRun, flags_of_runs
from narvaro.web.figures.pupil_panels.sums import (
    Day,
    Minutes,
    Untold,
    days_of,
    hours_of,
    over,
    subjects_of,
    untold_of,
)
from narvaro.web.pupils.models import Enrolment, Pupil

FIRST_YEARS = 12
"""How many school years back lessons are asked for: from the preschool class to grade 10."""

_ROOM = 200
_kept: OrderedDict[tuple[str, int, datetime, str], Read] = OrderedDict()
_keeping = threading.Lock()


@dataclass(frozen=True, slots=True)
class Stay:
    """A pupil at a school, in a class."""

    school: str
    class_: str
    grade: str
    from_on: date
    to_on: date | None

    def holds(self, day: date) -> bool:
        """The day lies in the stay."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the pupil's lessons add up to, and `sums` told for whole periods without lessons."""

    days: tuple[Day, ...]
    sums: tuple[PeriodSum, ...]
    hours: Mapping[tuple[int, int], Minutes]
    subjects: Mapping[str, Minutes]
    untold: tuple[Untold, ...]
    corrected: int


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of the pupil from the ledger."""

    lessons: Lessons
    flags_of_runs: Sequence[FlagOfRun]


@dataclass(frozen=True, slots=True)
class Held:
    """The pupil held against one rule at the month's end."""

    programme: Programme
    rule: Rule
    standing: Standing


@dataclass(frozen=True, slots=True)
class PupilFacts:
    """Everything the panels of a pupil are made of. Nothing here is rounded."""

    facts: Facts
    today: date
    lessons: Lessons
    stays: Sequence[Stay]
    held: Sequence[Held]
    events: Sequence[Event]
    flags_of_runs: Sequence[FlagOfRun]
    days_off: Mapping[date, DayOff]
    key: str

    @property
    def window(self) -> Period:
        """The days of the main rule's window, up to the month's end."""
        if self.held:
            row = self.held[0].standing.absence
            return Period(row.from_on, row.to_on)
        return self.facts.period()

    @property
    def days(self) -> tuple[Day, ...]:
        """Every day with ended lessons."""
        return self.lessons.days

    @property
    def sums(self) -> tuple[PeriodSum, ...]:
        """What was told for whole periods at once."""
        return self.lessons.sums

    @property
    def school_year(self) -> SchoolYear:
        """The viewer's own school year."""
        return SchoolYear.holding(self.today)

    @property
    def now_at(self) -> Stay | None:
        """Where the pupil is today; else the latest stay."""
        held = [one for one in self.stays if one.holds(self.today)]
        return next(reversed(held or self.stays), None)

    @property
    def calendar(self) -> Calendar:
        """The calendar of the pupil's school."""
        return self.facts.calendar(self.now_at.school if self.now_at else "")

    def over(self, period: Period) -> Minutes:
        """The lessons of a period added up, and the sums told for parts of it."""
        return over(self.days, self.sums, period)


_of_request: WeakKeyDictionary[Viewer, dict[int, PupilFacts | None]] = WeakKeyDictionary()
"""A page asks for the same facts once for every panel; a viewer lives as long as its request."""


def pupil_facts(viewer: Viewer, pupil: Pupil) -> PupilFacts | None:
    """The facts of a pupil in the viewer's scope; None while the ledger holds no lessons."""
    known = _of_request.setdefault(viewer, {})
    if pupil.pk not in known:
        known[pupil.pk] = _pupil_facts(viewer, pupil)
    return known[pupil.pk]


def _pupil_facts(viewer: Viewer, pupil: Pupil) -> PupilFacts | None:
    facts = facts_of(viewer)
    if facts is None:
        return None
    stays = _stays(pupil)
    held = _held(facts, pupil.key, stays)
    window = facts.period()
    if held:
        window = Period(held[0].standing.absence.from_on, held[0].standing.absence.to_on)
    school = next((one.school for one in reversed(stays) if one.holds(viewer.today)), "")
    read = _read(facts, pupil.key, window, held)
    return PupilFacts(
        facts=facts,
        today=viewer.today,
        lessons=read.lessons,
        stays=stays,
        held=held,
        events=facts.events.get(pupil.key, ()),
        flags_of_runs=read.flags_of_runs,
        days_off=days_off_of(facts, school),
        key=pupil.key,
    )


def _stays(pupil: Pupil) -> tuple[Stay, ...]:
    rows = Enrolment.objects.filter(pupil=pupil).order_by("from_on", "pk")
    return tuple(
        Stay(one.school_key, one.class_key.partition("/")[2], one.grade, one.from_on, one.to_on)
        for one in rows
    )


def _held(facts: Facts, key: str, stays: Sequence[Stay]) -> tuple[Held, ...]:
    """The pupil under every rule in force that is run at the month's end, the main one first."""
    found = []
    for programme in facts.programmes:
        for rule in programme.rules:
            is_main = programme is facts.programme and rule is facts.rule
            if not is_main and not rule.is_checked_at(facts.month.last_day):
                continue
            judging = Judging(facts.opened, programme, rule, facts.known_at)
            standing = standing_at(judging, facts, key, stays)
            if standing is not None:
                found.append(Held(programme, rule, standing))
    return tuple(found)


def standing_at(judging: Judging, facts: Facts, key: str, stays: Sequence[Stay]) -> Standing | None:
    """The pupil at the facts' month end; None outside the programme's scope."""
    last = facts.month.last_day
    schools = dict.fromkeys([*(one.school for one in stays if one.holds(last)), ""])
    for school in schools:
        for one in judging.of_school(facts.month, school):
            if one.pupil == key:
                return one
    return None


def _read(facts: Facts, key: str, window: Period, held: Sequence[Held]) -> Read:
    snapshot = facts.opened.snapshot
    name = (str(snapshot.folder), snapshot.batch.batch, facts.known_at, f"{key}|{window}")
    with _keeping:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    number = held[0].standing.absence.number if held else None
    made = Read(
        _fetched(facts, key, window), () if number is None else flags_of_runs(facts, number)
    )
    with _keeping:
        _kept[name] = made
        while len(_kept) > _ROOM:
            _kept.popitem(last=False)
    return made


def _fetched(facts: Facts, key: str, window: Period) -> Lessons:
    year = SchoolYear(SchoolYear.holding(facts.today).begins - FIRST_YEARS).period
    whole = Period(year.from_on, facts.today)
    try:
        every = facts.lessons_of(key, whole)
    except NotFound:
        every = []
    inside = [one for one in every if window.holds(one.date)]
    return Lessons(
        days_of(every),
        tuple(facts.sums_of(key, whole)),
        hours_of(inside),
        subjects_of(inside),
        untold_of(inside),
        _corrected(facts, inside),
    )


def _corrected(facts: Facts, lessons: Sequence[PupilLesson]) -> int:
    """How many of the lessons became what they are after the month's end."""
    end = end_of_day(facts.month.last_day)
    return sum(one.told_at is not None and one.told_at > end for one in lessons)
