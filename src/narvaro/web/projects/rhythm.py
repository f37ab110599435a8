"""Whether a planned rhythm was kept: meetings asked for and held, half-year by half-year.

Pure: days in, counts out. Weeks in which nobody meets are not asked for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

QUIET_WEEKS = frozenset({*range(25, 33), 52, 53, 1})
"""ISO weeks of summer and Christmas, when no rhythm asks for a meeting."""
WEEK = timedelta(weeks=1)


class Per(StrEnum):
    """What a rhythm counts by."""

    WEEKS = "weeks"  # so many weeks from one to the next
    HALF_YEAR = "half_year"  # so many in a half-year
    TERM = "term"  # so many in a term, which is a half-year by another name
    ONCE = "once"
    CALLED = "called"  # when somebody calls it: nothing is asked for


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`number` weeks between, or `number` in a half-year or a term."""

    number: int
    per: Per


class State(StrEnum):
    """How a half-year stands."""

    KEPT = "kept"
    SHORT = "short"
    GOING_ON = "going_on"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the time: what the rhythm asks for in it, and how many were held.

    `asked` is None when there is no rhythm, 0 when the time is too short for it. A stretch that
    is not over has `SHORT` only when more should have been held by today already.
    """

    from_on: date
    to_on: date
    asked: int | None
    held: int
    state: State


@dataclass(frozen=True, slots=True)
class Gap:
    """Two meetings, or the last one and today, with more working weeks between than the rhythm has."""

    after: date
    until: date
    weeks: int
    is_open: bool


def stretches(
    rhythm: Rhythm, held: Iterable[date], *, from_on: date, to_on: date | None, today: date
) -> list[Stretch]:
    """Every half-year from the first day to today, the first first; one stretch for what is once."""
    days = sorted(held)
    last = min(today, to_on) if to_on else today
    if last < from_on:
        return []
    parts = (
        [(from_on, to_on or date.max)]
        if rhythm.per == Per.ONCE
        else list(_halves(from_on, last, to_on))
    )
    return [_stretch(rhythm, days, first, end, today) for first, end in parts]


def gaps(rhythm: Rhythm, held: Iterable[date], *, until: date) -> list[Gap]:
    """Where a rhythm of weeks has a hole, the latest first; other rhythms have none."""
    days = sorted(held)
    if rhythm.per != Per.WEEKS or not days:
        return []
    pairs = [(a, b, False) for a, b in itertools.pairwise(days)]
    if days[-1] < until:
        pairs.append((days[-1], until, True))
    found = [Gap(a, b, _weeks_between(a, b), is_open) for a, b, is_open in pairs]
    return [one for one in reversed(found) if one.weeks > rhythm.number]


def working_weeks(first: date, last: date) -> int:
    """ISO weeks with their Monday in the days, without the quiet ones."""
    monday = first + timedelta(days=-first.weekday() % 7)
    count = 0
    while monday <= last:
        count += monday.isocalendar().week not in QUIET_WEEKS
        monday += WEEK
    return count


def _weeks_between(one: date, other: date) -> int:
    """Working weeks from the week of one day to that of another."""
    return working_weeks(_monday(one) + WEEK, other)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _halves(first: date, last: date, to_on: date | None) -> Iterable[tuple[date, date]]:
    while first <= last:
        end = half_year_end(first)
        yield first, min(end, to_on) if to_on else end
        first = end + timedelta(days=1)


def half_year_end(day: date) -> date:
    """30 June or 31 December."""
    return date(day.year, 6, 30) if day.month < 7 else date(day.year, 12, 31)


def _stretch(rhythm: Rhythm, days: Sequence[date], first: date, end: date, today: date) -> Stretch:
    held = sum(first <= one <= min(end, today) for one in days)
    asked = _asked(rhythm, first, end)
    return Stretch(first, end, asked, held, _state(rhythm, held, asked, first, end, today))


def _state(
    rhythm: Rhythm, held: int, asked: int | None, first: date, end: date, today: date
) -> State:
    if not asked:
        return State.NOT_ASKED
    if held >= asked:
        return State.KEPT
    if end < today:
        return State.SHORT
    is_behind = rhythm.per == Per.WEEKS and held < (_asked(rhythm, first, today) or 0)
    return State.SHORT if is_behind else State.GOING_ON


def _asked(rhythm: Rhythm, first: date, end: date) -> int | None:
    """A whole half-year asks for the number; a part of one for its part, to the nearest whole."""
    if rhythm.per == Per.CALLED:
        return None
    if rhythm.per == Per.ONCE:
        return 1
    working = working_weeks(first, end)
    if rhythm.per == Per.WEEKS:
        return working // rhythm.number
    start = date(first.year, 1 if first.month < 7 else 7, 1)
    whole = working_weeks(start, half_year_end(first))
    return (2 * rhythm.number * working + whole) // (2 * whole)
