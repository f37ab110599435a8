"""What is said of a last day, seen from days around it."""

from __future__ import annotations

from datetime import date

import pytest

from narvaro.timetable import Calendar, Period
from narvaro.web.cases.words import time_left

FRIDAY = date(2026, 11, 20)
CALENDAR = Calendar(terms=(Period(date(2026, 8, 17), date(2026, 12, 18)),), days_off=frozenset())


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 18), "2 skoldagar kvar"),
        (date(2026, 11, 19), "1 skoldag kvar"),
        (FRIDAY, "sista dagen är i dag"),
        (date(2026, 11, 22), "sista dagen har gått"),
        (date(2026, 11, 23), "1 skoldag sen"),
        (date(2026, 11, 24), "2 skoldagar sen"),
    ],
)
def test_school_days_are_said_and_a_weekend_is_none(today: date, said: str) -> None:
    assert time_left(FRIDAY, today, CALENDAR) == said
