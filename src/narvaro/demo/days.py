"""The invented municipality's school days: Swedish breaks, holidays and staff days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCHOOL_DAYS = 178
"""The least number of school days in a school year (skolförordningen, chapter 3)."""
STAFF_DAYS = 4
ZONE = ZoneInfo("Europe/Stockholm")
_ONE_DAY = timedelta(days=1)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one kind in the exchange format's words: `term`, `break`, `closed`."""

    starts: date
    ends: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class DayTable:
    """One school's school days of a year; all arrays have one element per day."""

    dates: tuple[date, ...]
    ordinal: NDArray[np.int64]  # days since 1970-01-01
    weekday: NDArray[np.int64]  # Monday is 0
    offset: NDArray[np.int64]  # minutes from UTC at noon

    def index(self, day: date) -> int:
        """The position of the first school day on or after the day."""
        import numpy as np

        return int(np.searchsorted(self.ordinal, epoch_day(day)))

    def months(self) -> Iterator[slice]:
        """Slices of positions, one per calendar month, in order."""
        starts = [
            i for i, day in enumerate(self.dates) if not i or day.month != self.dates[i - 1].month
        ]
        yield from (
            slice(a, b) for a, b in zip(starts, [*starts[1:], len(self.dates)], strict=True)
        )


def epoch_day(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def utc_minute(day: date, minute: int) -> int:
    """Minutes since 1970-01-01T00:00Z of a local clock time, given in minutes after midnight."""
    local = datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(minutes=minute)
    return int(local.timestamp()) // 60


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus)."""
    century, rest = divmod(year, 100)
    leap, odd = divmod(century, 4)
    golden = year % 19
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def breaks(year: int) -> tuple[Span, ...]:
    """The days off between Mid August of `year` and June, but staff days, in order."""
    sunday = easter(year + 1)
    ascension = sunday + timedelta(days=39)
    return (
        _week(year, 44, "Höstlov"),
        Span(date(year, 12, 21), date(year + 1, 1, 7), "break", "Jullov"),
        _week(year + 1, 8, "Sportlov"),
        Span(sunday - 2 * _ONE_DAY, sunday - 2 * _ONE_DAY, "closed", "Långfredagen"),
        Span(sunday + _ONE_DAY, sunday + 5 * _ONE_DAY, "break", "Påsklov"),
        Span(date(year + 1, 5, 1), date(year + 1, 5, 1), "closed", "Första maj"),
        Span(ascension, ascension, "closed", "Kristi himmelsfärdsdag"),
        Span(ascension + _ONE_DAY, ascension + _ONE_DAY, "break", "Klämdag"),
        Span(date(year + 1, 6, 6), date(year + 1, 6, 6), "closed", "Sveriges nationaldag"),
    )


def open_days(year: int) -> tuple[date, ...]:
    """Every school's school days and staff days together, from mid August to mid June."""
    off = {day for span in breaks(year) for day in _each_day(span.starts, span.ends)}
    first = next(
        day for day in _each_day(date(year, 8, 15), date(year, 8, 21)) if day.weekday() == 1
    )
    weekdays = (day for day in _each_day(first, date(year + 1, 6, 30)) if day.weekday() <= _FRIDAY)
    return tuple(day for day in weekdays if day not in off)[: SCHOOL_DAYS + STAFF_DAYS]


def terms(year: int) -> tuple[Span, ...]:
    """The autumn and the spring term."""
    days = open_days(year)
    autumn = [day for day in days if day.year == year]
    spring = [day for day in days if day.year > year]
    return (
        Span(autumn[0], autumn[-1], "term", f"Hösttermin {year}"),
        Span(spring[0], spring[-1], "term", f"Vårtermin {year + 1}"),
    )


def staff_days(year: int, school: int) -> tuple[date, ...]:
    """A school's own staff days; just one of them lies between September and November.

    So every school has 59 school days in those three months.
    """
    days = open_days(year)
    autumn = [day for day in days if date(year, 9, 8) <= day <= date(year, 11, 28)]
    spring = [day for day in days if day >= date(year + 1, 1, 20)]
    third = len(spring) // 3
    chosen = [autumn[(7 + 11 * school) % len(autumn)]]
    chosen += [spring[part * third + (5 + 7 * school) % (third - 1)] for part in range(3)]
    return tuple(chosen)


def school_days(year: int, school: int) -> DayTable:
    """A school's 178 school days."""
    import numpy as np

    off = set(staff_days(year, school))
    days = tuple(day for day in open_days(year) if day not in off)
    return DayTable(
        days,
        np.array([epoch_day(day) for day in days]),
        np.array([day.weekday() for day in days]),
        np.array([_offset(day) for day in days]),
    )


def _offset(day: date) -> int:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).astimezone(ZONE)
    shift = noon.utcoffset()
    return int(shift.total_seconds()) // 60 if shift else 0


def _week(year: int, week: int, name: str) -> Span:
    monday = date.fromisocalendar(year, week, 1)
    return Span(monday, monday + 4 * _ONE_DAY, "break", name)


def _each_day(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _ONE_DAY
