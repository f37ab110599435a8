"""What the ledger tells of registration: asked once for each batch and moment, then kept.

Everything is as known at one moment, so that the demo's day can be moved and no figure changes
under a reader. Keys of pupils are not among it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from narvaro.engine import sql_beside
from narvaro.ledger import open_ledger
from narvaro.ledger.schools import Schools
from narvaro.ledger.standing import enrolments, key_of
from narvaro.quality import LessonCounts
from narvaro.quality.counting import lesson_counts
from narvaro.timetable import Calendar, Calendars, Period, local_day
from narvaro.web.figures.facts import programmes_in_force, telling
from narvaro.web.figures.facts.opened import Opened, opened
from narvaro.web.figures.registration.onboarding import Onboarding, onboardings
from narvaro.web.figures.registration.open_lessons import ByPlace, OpenLesson, read_lessons

Value = TypeVar("Value")
HALF_A_YEAR = timedelta(days=220)
"""As far back as a term that is not over can have begun."""

MEANING = 2
"""Raised when what is kept comes to mean something else, so that what an earlier version kept is not read."""


@dataclass(frozen=True)
class Evidence:
    """Registration as known at a moment, from one batch of the ledger."""

    opened: Opened
    known_at: datetime
    today: date

    @property
    def stands_for(self) -> tuple[int, datetime]:
        """The batch and the moment: the same ones tell the same."""
        return self.opened.snapshot.batch.batch, self.known_at

    @property
    def goal(self) -> Fraction:
        """The share to be acknowledged, per cent: that of the programme in force."""
        return programmes_in_force(self.today)[0].registration.target

    def calendar(self, school: str) -> Calendar:
        """The school days of a school; Monday to Friday where nobody told of any."""
        known = telling.calendars(self.opened, self.known_at)
        return _calendar(known, school) if known else Calendar()

    def term(self, school: str) -> Period:
        """The term of a school that holds today, or the next one."""
        return self.calendar(school).term(self.today)

    def term_so_far(self, school: str) -> Period | None:
        """The days of the term that are over; None before its second day."""
        term, yesterday = self.term(school), self.today - timedelta(days=1)
        if term.from_on > yesterday:
            return None
        return Period(term.from_on, min(term.to_on, yesterday))

    def onboarding(self, school: str) -> Onboarding:
        """How far a school has come this term; one the ledger does not know has no system."""
        found = self._kept(
            f"onboarding|{self.today}",
            lambda: [one.as_plain() for one in onboardings(self.opened, self.today, self.known_at)],
            lambda plain: {one.school: one for one in map(Onboarding.from_plain, plain)},
        )
        return found.get(school) or Onboarding(school)

    def days(self, school: str) -> Mapping[date, LessonCounts]:
        """The lessons of a school by day, since its term can have begun."""
        return self._kept(f"days|{self._span}", self._days, _by_school_and_day).get(school, {})

    def class_days(self, school: str) -> Mapping[tuple[str, date], LessonCounts]:
        """The lessons of a school by class and day, over the term so far."""
        days = self.term_so_far(school)
        if days is None:
            return {}
        return self._kept(
            f"class days|{school}|{days}", lambda: self._class_days(school, days), _by_class_and_day
        )

    def teachers(self, school: str) -> Mapping[str, LessonCounts]:
        """The lessons of a school by teacher's key, over the term so far."""
        days = self.term_so_far(school)
        if days is None:
            return {}
        found = self._kept(f"teachers|{days}", lambda: self._teachers(days), _by_teacher)
        return {key: counts for (place, key), counts in found.items() if place == school}

    @property
    def schools(self) -> frozenset[str]:
        """The schools that had lessons this half-year."""
        return frozenset(self._kept(f"days|{self._span}", self._days, _by_school_and_day))

    def open_lessons(self, school: str) -> tuple[OpenLesson, ...]:
        """What nobody has acknowledged at a school this half-year, the earliest first."""
        return self._open[0].get(school, ())

    def open_lessons_of(self, staff_keys: frozenset[str]) -> tuple[OpenLesson, ...]:
        """What nobody has acknowledged of somebody's lessons, the earliest first."""
        by_teacher = self._open[1]
        found = {one.number: one for key in staff_keys for one in by_teacher.get(key, ())}
        return tuple(sorted(found.values(), key=lambda one: (one.starts_at, one.number)))

    def told_until(self, school: str) -> datetime | None:
        """Up to when a school's lessons are told of: the last news of them, or of their source."""
        found = self._kept(
            f"told|{self._span}",
            self._told,
            lambda plain: {place: datetime.fromisoformat(text) for place, text in plain.items()},
        )
        return found.get(school)

    @property
    def _open(self) -> tuple[ByPlace, ByPlace]:
        return self._kept(f"open|{self._span}", self._open_lessons, read_lessons)

    @property
    def _span(self) -> Period:
        yesterday = self.today - timedelta(days=1)
        return Period(yesterday - HALF_A_YEAR, yesterday)

    def _kept(self, name: str, make: Callable[[], Any], read: Callable[[Any], Value]) -> Value:
        named = f"registration {MEANING}|{self.known_at.isoformat()}|{name}"
        return self.opened.shelf.get(named, make, read)

    def _rows(self, name: str, *tables: str, days: Period, **more: object) -> list[tuple[Any, ...]]:
        asked = {
            "from_month": days.from_on.year * 100 + days.from_on.month,
            "to_month": days.to_on.year * 100 + days.to_on.month,
            "from_on": days.from_on,
            "to_on": days.to_on,
            "known_at": self.known_at,
        }
        return self.opened.snapshot.engine.query(
            sql_beside(__file__, name),
            tables=self.opened.snapshot.tables(*tables),
            parameters=asked | more,
        )

    @property
    def _schools(self) -> Mapping[int, str]:
        return Schools(self.opened.snapshot, self.known_at).keys

    def _days(self) -> list[Any]:
        schools = self._schools
        counted = lesson_counts(self.opened.snapshot, self._span, self.known_at, by="day")
        return [
            [schools[spot.school], str(spot.begins_on), *astuple(counts)]
            for spot, counts in counted.items()
        ]

    def _class_days(self, school: str, days: Period) -> list[Any]:
        number = {key: number for number, key in self._schools.items()}.get(school, -1)
        rows = self._rows("class_days.sql", "lesson_rows", days=days, school=number)
        return [[class_ or "", str(day), *map(int, counts)] for class_, day, *counts in rows]

    def _teachers(self, days: Period) -> list[Any]:
        schools, staff = self._schools, key_of(self.opened.snapshot, "staff")
        counted = lesson_counts(self.opened.snapshot, days, self.known_at, by="teacher")
        return [
            [schools[spot.school], staff[spot.teacher], *astuple(counts)]
            for spot, counts in counted.items()
            if spot.teacher is not None and spot.teacher in staff
        ]

    def _open_lessons(self) -> list[Any]:
        schools, staff = self._schools, key_of(self.opened.snapshot, "staff")
        tables, preschool = ("lesson_rows", "lessons", "lesson_teachers"), self._preschool_classes()
        found: dict[int, list[Any]] = {}
        for row in self._rows("open_lessons.sql", *tables, days=self._span):
            number, school, class_, day, minutes, source, key, starts_at, ends_at, *named = row
            if (school, class_) in preschool:
                continue
            subject, group, teacher = named
            plain = [number, schools[school], class_ or "", str(day), int(minutes), source, key]
            plain += [starts_at.isoformat(), ends_at.isoformat(), subject or "", group or "", []]
            found.setdefault(number, plain)
            if teacher in staff:
                found[number][-1].append(staff[teacher])
        return list(found.values())

    def _preschool_classes(self) -> set[tuple[int, str | None]]:
        """Classes with nobody but preschool children in them: nobody has to come, none is missed."""
        found = enrolments(self.opened.snapshot, self.known_at)
        here = [one for one in found if one.class_ and one.overlaps(self._span)]
        small = {(one.school, one.class_) for one in here if one.grade == "preschool"}
        return small - {(one.school, one.class_) for one in here if one.grade != "preschool"}

    def _told(self) -> dict[str, str]:
        schools, found = self._schools, dict[str, datetime]()
        arrivals = _arrivals(self.opened)
        for number, source, told_at in self._rows(
            "told_until.sql", "lessons", "lesson_rows", days=self._span
        ):
            spoke_at = min(arrivals.get(source, self.known_at), self.known_at)
            every = [found.get(schools[number]), told_at, spoke_at if source in arrivals else None]
            found[schools[number]] = max(one for one in [*every, _NEVER] if one)
        return {school: at.isoformat() for school, at in found.items()}


def evidence_at(now: datetime) -> Evidence | None:
    """Registration as known at a moment; None while there is no ledger."""
    found = opened()
    return None if found is None else Evidence(found, found.known_at(now), local_day(now))


_NEVER = datetime(1900, 1, 1, tzinfo=UTC)


def _arrivals(found: Opened) -> Mapping[str, datetime]:
    """When each source last delivered anything, later than any page's moment too."""
    batches = open_ledger(found.snapshot.folder).batches()
    return {one.source: one.arrived_at for one in batches if one.kind == "delivery"}


@lru_cache(maxsize=512)
def _calendar(known: Calendars, school: str) -> Calendar:
    return known.of(school)


def _by_school_and_day(plain: list[Any]) -> Mapping[str, Mapping[date, LessonCounts]]:
    found: defaultdict[str, dict[date, LessonCounts]] = defaultdict(dict)
    for school, day, *counts in plain:
        found[school][date.fromisoformat(day)] = LessonCounts(*counts)
    return dict(found)


def _by_class_and_day(plain: list[Any]) -> Mapping[tuple[str, date], LessonCounts]:
    return {
        (class_, date.fromisoformat(day)): LessonCounts(*counts) for class_, day, *counts in plain
    }


def _by_teacher(plain: list[Any]) -> Mapping[tuple[str, str], LessonCounts]:
    return {(school, teacher): LessonCounts(*counts) for school, teacher, *counts in plain}
