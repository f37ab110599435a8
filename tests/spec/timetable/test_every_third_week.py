"""The three-week evaluation: its rhythm is kept from the planned date, not the moved one."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest

from narvaro.errors import BadRequest
from narvaro.timetable import Calendar, Period, every_days

CALENDAR = Calendar(
    terms=(
        Period(date(2026, 8, 18), date(2026, 12, 18)),
        Period(date(2027, 1, 11), date(2027, 6, 9)),
    )
)


def test_an_evaluation_in_the_christmas_break_moves_and_the_next_does_not() -> None:
    occasions = islice(every_days(21, first=date(2026, 8, 31), calendar=CALENDAR), 8)
    assert [f"{planned:%m-%d} {held:%m-%d}" for planned, held in occasions] == [
        "08-31 08-31",
        "09-21 09-21",
        "10-12 10-12",
        "11-02 11-02",
        "11-23 11-23",
        "12-14 12-14",
        "01-04 01-11",
        "01-25 01-25",
    ]


def test_a_rhythm_of_no_days_is_refused() -> None:
    with pytest.raises(BadRequest):
        next(every_days(0, first=date(2026, 8, 31), calendar=CALENDAR))
