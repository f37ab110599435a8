"""What is asked for, and for which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from narvaro.sources.ss12000.answers import Parameters
from narvaro.sources.ss12000.desk import Window
from narvaro.sources.ss12000.state import State

WEEK = timedelta(days=7)
_SCHOOL_YEAR_STARTS = (7, 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """One load: all days that count, those read again week by week, and since when changes.

    `changes_since` is None on a first load.
    """

    everything: Window
    weeks: tuple[Window, ...]
    changes_since: datetime | None = None

    @property
    def reread(self) -> Window:
        """The days whose lessons are read whole."""
        if not self.weeks:
            return self.everything
        return Window(self.weeks[0].first, self.weeks[-1].end)

    @property
    def before(self) -> Window | None:
        """The days before those, in which only changes are asked for."""
        first, reread = self.everything.first, self.reread.first
        if self.changes_since is None or first is None or reread is None or first >= reread:
            return None
        return Window(first, reread)


def first_day_of_school_year(day: date) -> date:
    """Return 1 July at or before the day."""
    start = date(day.year, *_SCHOOL_YEAR_STARTS)
    return start if start <= day else start.replace(year=day.year - 1)


def planned(
    state: State, *, since: date | None, until: date, reread_weeks: int, overlap: timedelta
) -> Plan:
    """Plan a load of lessons up to and including `until`.

    A first load goes on where an interrupted one stopped, if it began no later than `since`.
    """
    first = _first_day(state, since=since, until=until)
    end = until + timedelta(days=1)
    everything = Window(first, max(end, state.lessons_until or end))
    if state.changes_since is not None:
        begin = _monday(min(state.lessons_until or end, end)) - WEEK * reread_weeks
        weeks = tuple(_weeks(max(first, begin), end))
        return Plan(everything, weeks, state.changes_since - overlap)
    begin = max(first, state.lessons_until or first)
    return Plan(everything, tuple(_weeks(begin, end)))


def months_within(window: Window, *, today: date) -> Iterator[Window]:
    """Give the calendar months from the first day's on that have ended, each whole."""
    if window.first is None or window.end is None:
        return
    first = window.first.replace(day=1)
    while (end := _next_month(first)) <= min(window.end, today):
        yield Window(first, end)
        first = end


def time_span(window: Window, zone: tzinfo) -> Parameters:
    """Return the two parameters that a question for lessons must have; both days inclusive."""
    if window.first is None or window.end is None:
        return {}
    last = datetime.combine(window.end, time(), zone).astimezone(zone) - timedelta(seconds=1)
    return {
        "startTime.onOrAfter": datetime.combine(window.first, time(), zone).isoformat(),
        "startTime.onOrBefore": last.isoformat(),
    }


def _first_day(state: State, *, since: date | None, until: date) -> date:
    known = state.lessons_from
    if known is None:
        return since or first_day_of_school_year(until)
    return min(known, since) if since is not None else known


def _weeks(first: date, end: date) -> Iterator[Window]:
    while first < end:
        following = min(_monday(first) + WEEK, end)
        yield Window(first, following)
        first = following


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
