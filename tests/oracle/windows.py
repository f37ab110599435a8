"""Calendar windows: whole months, weeks, terms and school years around a day."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

from tests.oracle.history import Row

Window = tuple[date, date]


def window(name: str, at: str = "", *, calendar_rows: Sequence[Row] = ()) -> Window:
    """First and last day of a named window; `at` is a month (`2017-12`) or a day in it."""
    if ".." in name:
        first, last = name.split("..")
        return date.fromisoformat(first), date.fromisoformat(last)
    kind, _, count = name.partition(":")
    day = _day(at)
    if kind == "school-days":
        return _school_days(day, int(count), calendar_rows)
    if kind == "term":
        return _term(day, calendar_rows)
    return _whole_period(kind, day, int(count or 1))


def month_end(month: str) -> date:
    return _day(month)


def months_of(first: date, last: date) -> list[str]:
    """Every calendar month that the days touch, as `YYYY-MM`."""
    found = []
    day = first
    while day <= last:
        found.append(f"{day:%Y-%m}")
        day = _last_of_month(day) + timedelta(days=1)
    return found


def _day(at: str) -> date:
    """The day itself, or the last day of the month."""
    return (
        _last_of_month(date.fromisoformat(f"{at}-01")) if len(at) == 7 else date.fromisoformat(at)
    )


def _last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _whole_period(kind: str, day: date, count: int) -> Window:
    if kind in {"month", "rolling-months"}:
        first = day.replace(day=1)
        for _ in range(count - 1):
            first = (first - timedelta(days=1)).replace(day=1)
        return first, _last_of_month(day)
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if kind == "school-year":
        starts = day.year if day.month >= 7 else day.year - 1
        return date(starts, 7, 1), date(starts + 1, 6, 30)
    raise ValueError(f"no window is called {kind}")


def _term(day: date, rows: Sequence[Row]) -> Window:
    for row in rows:
        if row["kind"] == "term" and row["from"] <= day <= row["to"]:
            return row["from"], row["to"]
    if day.month >= 7:
        return date(day.year, 7, 1), date(day.year, 12, 31)
    return date(day.year, 1, 1), date(day.year, 6, 30)


def _school_days(day: date, count: int, rows: Sequence[Row]) -> Window:
    """From the earliest to the last of the newest `count` school days up to a day."""
    found: list[date] = []
    earliest = day - timedelta(days=3 * 366)
    while len(found) < count and day > earliest:
        if is_school_day(day, rows):
            found.append(day)
        day -= timedelta(days=1)
    return found[-1], found[0]


def is_school_day(day: date, rows: Sequence[Row]) -> bool:
    """Monday to Friday, inside a term where terms are given, outside every break."""
    terms = [row for row in rows if row["kind"] == "term"]
    free = [row for row in rows if row["kind"] != "term"]
    return (
        day.weekday() < 5
        and (not terms or any(row["from"] <= day <= row["to"] for row in terms))
        and not any(row["from"] <= day <= row["to"] for row in free)
    )
