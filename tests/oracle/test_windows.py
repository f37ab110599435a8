"""Which days a named window holds."""

from __future__ import annotations

from datetime import date

import pytest
from tests.oracle.windows import months_of, window

TERM = {"kind": "term", "from": date(2017, 8, 16), "to": date(2017, 12, 20)}
BREAK = {"kind": "break", "from": date(2017, 10, 30), "to": date(2017, 11, 3)}


@pytest.mark.parametrize(
    ("name", "at", "first", "last"),
    [
        ("month", "2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        ("month", "2017-12-05", date(2017, 12, 1), date(2017, 12, 31)),
        ("rolling-months:3", "2018-01", date(2017, 11, 1), date(2018, 1, 31)),
        ("term", "2017-12", date(2017, 7, 1), date(2017, 12, 31)),
        ("term", "2018-06", date(2018, 1, 1), date(2018, 6, 30)),
        ("school-year", "2018-06", date(2017, 7, 1), date(2018, 6, 30)),
        ("school-year", "2018-07", date(2018, 7, 1), date(2019, 6, 30)),
        ("week", "2018-01-01", date(2018, 1, 1), date(2018, 1, 7)),
        ("week", "2017-12", date(2017, 12, 25), date(2017, 12, 31)),
        ("2017-10-29..2018-03-25", "", date(2017, 10, 29), date(2018, 3, 25)),
    ],
)
def test_a_named_window_is_a_whole_calendar_period(
    name: str, at: str, first: date, last: date
) -> None:
    assert window(name, at) == (first, last)


def test_a_term_of_the_calendar_comes_before_the_half_year() -> None:
    assert window("term", "2017-11", calendar_rows=[TERM]) == (TERM["from"], TERM["to"])


def test_school_days_are_counted_past_breaks_and_week_ends() -> None:
    seen = window("school-days:3", "2017-11-06", calendar_rows=[TERM, BREAK])

    assert seen == (date(2017, 10, 26), date(2017, 11, 6))


def test_a_window_names_every_month_it_touches() -> None:
    assert months_of(date(2017, 11, 30), date(2018, 1, 1)) == ["2017-11", "2017-12", "2018-01"]
