"""What days a window holds: one line per case, as an analyst would check it on a wall calendar."""

from __future__ import annotations

from datetime import date

import pytest

from narvaro.errors import BadRequest
from narvaro.timetable import Calendar, CalendarRow, Calendars, Period, parse_at, parse_window


def period(text: str) -> Period:
    window = parse_window(text)
    assert window.dates
    return window.dates


def municipality(*rows: str) -> Calendar:
    """Rows as `kind from..to`."""
    split = [row.split() for row in rows]
    return Calendars([CalendarRow("town", period(days), kind) for kind, days in split]).of("town")


AUTUMN_2026 = municipality(
    "term 2026-08-18..2026-12-18",
    "break 2026-10-26..2026-10-30",
    "staff_day 2026-09-25..2026-09-25",
    "term 2027-01-11..2027-06-09",
)


@pytest.mark.parametrize(
    ("window", "at", "expected"),
    [
        # month, and the months that end with it
        ("month", "2017-12", "2017-12-01..2017-12-31"),
        ("month", "2017-12-15", "2017-12-01..2017-12-31"),
        ("month", "2020-02", "2020-02-01..2020-02-29"),
        ("month", "2100-02", "2100-02-01..2100-02-28"),
        ("rolling-months:1", "2017-12", "2017-12-01..2017-12-31"),
        ("rolling-months:3", "2017-12", "2017-10-01..2017-12-31"),
        ("rolling-months:3", "2017-12-15", "2017-10-01..2017-12-31"),
        ("rolling-months:3", "2018-01", "2017-11-01..2018-01-31"),
        ("rolling-months:3", "2018-04", "2018-02-01..2018-04-30"),
        # over the summer two school years meet, and both are carried
        ("rolling-months:3", "2026-09", "2026-07-01..2026-09-30"),
        ("rolling-months:3", "2026-08", "2026-06-01..2026-08-31"),
        ("rolling-months:12", "2017-12", "2017-01-01..2017-12-31"),
        # the school year turns on 1 July
        ("school-year", "2017-12", "2017-07-01..2018-06-30"),
        ("school-year", "2018-06-30", "2017-07-01..2018-06-30"),
        ("school-year", "2018-07-01", "2018-07-01..2019-06-30"),
        # terms without a calendar
        ("term", "2017-12", "2017-07-01..2017-12-31"),
        ("term", "2018-01-01", "2018-01-01..2018-06-30"),
        ("term", "2018-06", "2018-01-01..2018-06-30"),
        # ISO weeks: 2020 has a week 53, and a week may hold two years
        ("week", "2017-12-15", "2017-12-11..2017-12-17"),
        ("week", "2020-12-31", "2020-12-28..2021-01-03"),
        ("week", "2021-01-03", "2020-12-28..2021-01-03"),
        ("week", "2021-01-04", "2021-01-04..2021-01-10"),
        ("week", "2018-12-31", "2018-12-31..2019-01-06"),
        # the weeks in which the clocks change are weeks as others
        ("week", "2018-03-25", "2018-03-19..2018-03-25"),
        ("week", "2018-10-28", "2018-10-22..2018-10-28"),
        # own dates ask for no day
        ("2017-09-01..2017-11-30", "2020-01", "2017-09-01..2017-11-30"),
        ("2017-09-01..2017-09-01", "2020-01", "2017-09-01..2017-09-01"),
    ],
)
def test_a_window_holds_these_days(window: str, at: str, expected: str) -> None:
    assert str(parse_window(window).period(parse_at(at))) == expected


@pytest.mark.parametrize(
    ("window", "at", "expected"),
    [
        ("term", "2026-09-15", "2026-08-18..2026-12-18"),
        # a month end in the Christmas break asks about the term that has just ended
        ("term", "2026-12", "2026-08-18..2026-12-18"),
        ("term", "2027-01-03", "2027-01-11..2027-06-09"),
        ("term", "2027-06", "2027-01-11..2027-06-09"),
        ("term", "2026-07-15", "2026-08-18..2026-12-18"),
        # no row speaks of this half-year
        ("term", "2026-03", "2026-01-01..2026-06-30"),
        ("school-days:5", "2026-09-11", "2026-09-07..2026-09-11"),
        ("school-days:5", "2026-09-13", "2026-09-07..2026-09-11"),
        # over a staff day (25 September) and over the break of week 44
        ("school-days:5", "2026-09-28", "2026-09-21..2026-09-28"),
        ("school-days:5", "2026-11-03", "2026-10-21..2026-11-03"),
        ("school-days:5", "2027-01-12", "2026-12-16..2027-01-12"),
        ("school-days:20", "2026-10", "2026-09-28..2026-10-23"),
        ("school-days:1", "2026-12-31", "2026-12-18..2026-12-18"),
    ],
)
def test_a_window_follows_the_calendar(window: str, at: str, expected: str) -> None:
    assert str(parse_window(window).period(parse_at(at), AUTUMN_2026)) == expected


def test_three_months_with_a_break_and_a_staff_day_hold_59_school_days() -> None:
    window = parse_window("rolling-months:3").period(parse_at("2026-11"))
    assert len(list(AUTUMN_2026.school_days(window))) == 59


@pytest.mark.parametrize(
    ("days", "count"),
    [
        ("2026-09-01..2026-09-30", 21),  # 22 weekdays, one of them the staff day
        ("2026-12-01..2026-12-31", 14),
        ("2027-06-01..2027-06-30", 7),
        ("2026-07-01..2026-09-30", 31),  # a rolling window over the summer
    ],
)
def test_short_months_have_few_school_days(days: str, count: int) -> None:
    assert len(list(AUTUMN_2026.school_days(period(days)))) == count


def test_school_days_may_be_given_as_a_list() -> None:
    days = [date(2017, 9, day) for day in (4, 5, 6, 18, 19)]
    window = parse_window("school-days:3")
    assert str(window.period(date(2017, 9, 30), days)) == "2017-09-06..2017-09-19"
    assert str(window.period(date(2017, 9, 17), days)) == "2017-09-04..2017-09-06"


def test_fewer_school_days_than_asked_for_begin_with_the_first() -> None:
    window = parse_window("school-days:20").period(date(2017, 9, 5), [date(2017, 9, 4)])
    assert str(window) == "2017-09-04..2017-09-04"


@pytest.mark.parametrize("days", [None, [], [date(2017, 9, 4)]])
def test_no_school_day_before_the_day_is_refused(days: list[date] | None) -> None:
    with pytest.raises(BadRequest, match="No school day is known"):
        parse_window("school-days:20").period(date(2017, 9, 1), days)


def test_a_named_window_without_a_day_is_refused() -> None:
    with pytest.raises(BadRequest, match="needs a day"):
        parse_window("month").period()


@pytest.mark.parametrize(
    "text",
    [
        *("", "monthly", "Month", "month:3", "rolling-months", "rolling-months:0", "week:1"),
        *("rolling-months:-1", "rolling-months:3.0", "rolling-months:٣", "school-days:401"),
        *("rolling-months:61", "2017-09-01", "2017-09-01..", "..", "2017-09-31..2017-10-01"),
        *("2017-10-01..2017-09-30", "2017-9-1..2017-9-2", " month"),
    ],
)
def test_another_text_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse_window(text)
    assert refused.value.remedy


@pytest.mark.parametrize("text", ["rolling-months:3", "month", "school-days:20", "week", "term"])
def test_a_window_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_window(text)) == text
