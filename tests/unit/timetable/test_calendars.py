from __future__ import annotations

from datetime import date

import pytest

from narvaro.errors import BadRequest
from narvaro.timetable import Calendar, CalendarRow, Calendars, Period, Week, school_days_after

PARENTS = {"town": None, "north": "town", "elm": "north", "oak": "north", "lime": "town"}


def days(text: str) -> Period:
    first, _, last = text.partition("..")
    return Period(date.fromisoformat(first), date.fromisoformat(last or first))


def row(organisation: str, kind: str, text: str) -> CalendarRow:
    return CalendarRow(organisation, days(text), kind)


TOWN = Calendars(
    [
        row("town", "term", "2017-08-21..2017-12-20"),
        row("town", "term", "2018-01-09..2018-06-14"),
        row("town", "break", "2017-10-30..2017-11-03"),
        row("north", "closed", "2017-09-15"),
        row("elm", "staff_day", "2017-09-04"),
        row("lime", "term", "2017-08-28..2017-12-20"),
    ],
    PARENTS,
)


@pytest.mark.parametrize(
    ("school", "day", "expected"),
    [
        ("elm", "2017-09-01", True),
        ("elm", "2017-09-02", False),  # a Saturday
        ("elm", "2017-09-03", False),  # a Sunday
        ("elm", "2017-09-04", False),  # its own staff day
        ("oak", "2017-09-04", True),
        ("oak", "2017-09-15", False),  # closed in the whole area
        ("lime", "2017-09-15", True),
        ("lime", "2017-11-01", False),  # the town's break
        ("elm", "2017-08-18", False),  # before the term
        ("elm", "2017-08-22", True),
        ("lime", "2017-08-22", False),  # its own term begins later
        ("lime", "2018-01-09", True),  # the town's spring holds there too
        ("elm", "2018-06-14", True),
        ("elm", "2018-06-15", False),
        ("elm", "2018-07-02", True),  # no row speaks of the next school year
        ("elm", "2017-03-01", True),
        ("elsewhere", "2017-11-01", True),
    ],
)
def test_rows_of_an_organisation_hold_for_those_below_it(
    school: str, day: str, expected: bool
) -> None:
    assert TOWN.of(school).is_school_day(date.fromisoformat(day)) is expected


def test_organisations_in_a_circle_are_read_once() -> None:
    circle = Calendars([row("a", "break", "2017-09-04")], {"a": "b", "b": "a"})
    assert not circle.of("b").is_school_day(date(2017, 9, 4))


def test_a_term_that_ends_in_january_says_nothing_of_the_spring() -> None:
    calendar = Calendar((days("2017-08-21..2018-01-12"),))
    assert calendar.is_school_day(date(2018, 1, 10))
    assert calendar.is_school_day(date(2018, 2, 1))
    assert not calendar.is_school_day(date(2017, 8, 1))
    assert calendar.term(date(2018, 1, 10)) == days("2017-08-21..2018-01-12")
    assert calendar.term(date(2018, 2, 1)) == days("2018-01-01..2018-06-30")


def test_a_term_of_the_whole_school_year_holds_both_halves() -> None:
    calendar = Calendar((days("2017-08-21..2018-06-14"),))
    assert not calendar.is_school_day(date(2018, 6, 18))
    assert calendar.term(date(2018, 6, 30)) == days("2017-08-21..2018-06-14")


def test_weeks_with_school_days_leave_out_the_break() -> None:
    weeks = TOWN.of("oak").weeks_with_school_days(days("2017-10-23..2017-11-12"))
    assert [str(week) for week in weeks] == ["2017-W43", "2017-W45"]


def test_week_53_is_a_week_of_its_own() -> None:
    weeks = Calendar().weeks_with_school_days(days("2020-12-28..2021-01-04"))
    assert weeks == (Week(2020, 53), Week(2021, 1))
    assert weeks[0].period == days("2020-12-28..2021-01-03")


def test_a_calendar_for_many_is_off_when_all_are_off_and_spans_their_terms() -> None:
    both = TOWN.together(["elm", "lime"])
    assert both.is_school_day(date(2017, 9, 4))
    assert not both.is_school_day(date(2017, 11, 1))
    assert both.term(date(2017, 10, 1)) == days("2017-08-21..2017-12-20")
    assert TOWN.together([]) == Calendar()


def test_a_calendar_without_school_days_ahead_is_refused_not_searched_for_ever() -> None:
    closed = Calendar(days_off=frozenset(days("2017-01-01..2019-12-31").days()))
    with pytest.raises(BadRequest, match="no school day"):
        closed.next_school_day(date(2017, 1, 1))
    assert closed.last_school_days(5, until=date(2019, 12, 31)) == []


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2017-09-01", 0, "2017-09-01"),
        ("2017-09-02", 0, "2017-09-04"),
        ("2017-09-01", 1, "2017-09-04"),
        ("2017-09-02", 1, "2017-09-04"),
        ("2017-10-26", 10, "2017-11-16"),  # over the break
        ("2017-12-20", 1, "2018-01-09"),
    ],
)
def test_deadlines_are_counted_in_school_days(start: str, count: int, expected: str) -> None:
    found = school_days_after(date.fromisoformat(start), count, TOWN.of("lime"))
    assert found.isoformat() == expected


def test_a_deadline_in_the_past_is_refused() -> None:
    with pytest.raises(BadRequest):
        school_days_after(date(2017, 9, 1), -1, Calendar())
