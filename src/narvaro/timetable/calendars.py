"""School days, from the rows of the exchange format's `calendar` table."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from narvaro.errors import BadRequest
from narvaro.timetable.periods import ONE_DAY, Period, Week
from narvaro.timetable.school_years import half_year

DAYS_OFF = ("break", "staff_day", "closed")
KINDS = ("term", *DAYS_OFF)
_SATURDAY = 5
_LONGEST_BREAK = 400
_TERM_LENGTH = 30


class SchoolDays(Protocol):
    """Anything that knows which days are school days and where a term begins and ends."""

    def is_school_day(self, day: date) -> bool: ...

    def last_school_days(self, count: int, *, until: date) -> Sequence[date]: ...

    def term(self, day: date) -> Period: ...


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One row of the `calendar` table: `kind` is `term`, `break`, `staff_day` or `closed`."""

    organisation: str
    period: Period
    kind: str


@dataclass(frozen=True)
class Calendar:
    """The days of one organisation; without rows every Monday to Friday is a school day.

    A half-year (from 1 July, from 1 January) that a term row speaks of has school days in its
    terms only; another half-year is a term by default.
    """

    terms: tuple[Period, ...] = ()
    days_off: frozenset[date] = frozenset()
    _by_half: dict[Period, list[Period]] = field(init=False, repr=False, compare=False)
    _asked: dict[date, bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_half", _by_half(self.terms))
        object.__setattr__(self, "_asked", {})

    def is_school_day(self, day: date) -> bool:
        known = self._asked.get(day)
        if known is None:
            known = self._asked[day] = self._is_school_day(day)
        return known

    def _is_school_day(self, day: date) -> bool:
        if day.weekday() >= _SATURDAY or day in self.days_off:
            return False
        half = half_year(day)
        return half not in self._by_half or any(term.holds(day) for term in self.terms)

    def speaks_of(self, day: date) -> bool:
        """Whether a term row speaks of the half-year that holds the day."""
        return half_year(day) in self._by_half

    def school_days(self, period: Period) -> Iterator[date]:
        return (day for day in period.days() if self.is_school_day(day))

    def weeks_with_school_days(self, period: Period) -> tuple[Week, ...]:
        """The ISO weeks in which the period has a school day, in order."""
        return tuple(dict.fromkeys(Week.holding(day) for day in self.school_days(period)))

    def next_school_day(self, day: date) -> date:
        """The day itself when it is a school day, else the first one after it."""
        for later in Period(day, date.fromordinal(day.toordinal() + _LONGEST_BREAK)).days():
            if self.is_school_day(later):
                return later
        raise BadRequest(
            f"The calendar has no school day in the {_LONGEST_BREAK} days after {day}.",
            remedy="Deliver the terms of the coming school year in the calendar table.",
        )

    def last_school_days(self, count: int, *, until: date) -> Sequence[date]:
        """The last `count` school days up to and including `until`, oldest first.

        Fewer when the calendar has no more within 400 days of the one after.
        """
        found: list[date] = []
        day, nothing_since = until, 0
        while len(found) < count and nothing_since < _LONGEST_BREAK and day.year > 1:
            nothing_since += 1
            if self.is_school_day(day):
                found.append(day)
                nothing_since = 0
            day -= ONE_DAY
        return found[::-1]

    def term(self, day: date) -> Period:
        """The whole term that holds the day, or the one its half-year speaks of.

        Between terms: the latest of the half-year that had begun, else its first; a half-year
        without a term row is the term itself.
        """
        half = half_year(day)
        held = [term for term in self.terms if term.holds(day)]
        known = held or self._by_half.get(half, [half])
        begun = [term for term in known if term.from_on <= day]
        return max(begun) if begun else min(known)


def _by_half(terms: Iterable[Period]) -> dict[Period, list[Period]]:
    halves: defaultdict[Period, list[Period]] = defaultdict(list)
    for term in sorted(terms):
        for half in _halves_of(term):
            halves[half].append(term)
    return dict(halves)


def _halves_of(term: Period) -> Iterator[Period]:
    """The half-years a term belongs to: where it begins, and where it has at least 30 days.

    So a term that ends on 12 January says nothing of the spring, and one of a whole year does.
    """
    half = half_year(term.from_on)
    while half.from_on <= term.to_on:
        shared = half.shared_with(term)
        if half.holds(term.from_on) or (shared and shared.day_count() >= _TERM_LENGTH):
            yield half
        half = half_year(half.to_on + ONE_DAY)


class KnownSchoolDays:
    """School days given as a list, for a ledger without a calendar: the days with lessons."""

    def __init__(self, days: Iterable[date]) -> None:
        self._days = sorted(set(days))
        self._known = frozenset(self._days)

    def is_school_day(self, day: date) -> bool:
        return day in self._known

    def last_school_days(self, count: int, *, until: date) -> Sequence[date]:
        end = bisect_right(self._days, until)
        return self._days[max(0, end - count) : end]

    def term(self, day: date) -> Period:
        return half_year(day)


class Calendars:
    """The calendars of all organisations; rows of an organisation hold for those below it.

    Days off add up along the way to the top. Of terms, those of the nearest organisation that
    speaks of the half-year hold.
    """

    def __init__(
        self, rows: Iterable[CalendarRow], parents: Mapping[str, str | None] | None = None
    ) -> None:
        self._rows: defaultdict[str, list[CalendarRow]] = defaultdict(list)
        for row in rows:
            self._rows[row.organisation].append(row)
        self._parents = dict(parents or {})
        self._made: dict[str, Calendar] = {}

    def of(self, organisation: str) -> Calendar:
        """The calendar that holds for an organisation; the default one when no row does."""
        if organisation not in self._made:
            self._made[organisation] = self._make(organisation)
        return self._made[organisation]

    def _make(self, organisation: str) -> Calendar:
        halves: dict[Period, list[Period]] = {}
        days_off: set[date] = set()
        for above in self._upwards(organisation):
            rows = self._rows.get(above, [])
            halves = _by_half(row.period for row in rows if row.kind == "term") | halves
            days_off.update(*(row.period.days() for row in rows if row.kind in DAYS_OFF))
        terms = {term for terms in halves.values() for term in terms}
        return Calendar(tuple(sorted(terms)), frozenset(days_off))

    def together(self, organisations: Iterable[str]) -> Calendar:
        """One calendar for many: a day off is off at all of them, a term spans all of theirs.

        A school day here may be one at some of them only. Without organisations: the default.
        """
        calendars = [self.of(organisation) for organisation in dict.fromkeys(organisations)]
        if not calendars:
            return Calendar()
        off = frozenset.intersection(*(calendar.days_off for calendar in calendars))
        return Calendar(_spanning(calendars), off)

    def _upwards(self, organisation: str) -> Iterator[str]:
        seen: set[str] = set()
        above: str | None = organisation
        while above is not None and above not in seen:
            yield above
            seen.add(above)
            above = self._parents.get(above)


def _spanning(calendars: Sequence[Calendar]) -> tuple[Period, ...]:
    halves = {half for calendar in calendars for half in calendar._by_half}
    spans = []
    for half in sorted(halves):
        terms = [term for calendar in calendars for term in calendar._by_half.get(half, [half])]
        first = min(term.from_on for term in terms)
        spans.append(Period(first, max(term.to_on for term in terms)))
    return tuple(spans)
