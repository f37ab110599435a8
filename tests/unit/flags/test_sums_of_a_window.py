"""What a window's sums hold: whole months, and the summaries that lie in it whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from narvaro.flags.sweep import Months, running, window_sums
from narvaro.measurement.months import MonthMinutes
from narvaro.timetable import Month

SEPTEMBER, OCTOBER, NOVEMBER = (Month.of(2024, number) for number in (9, 10, 11))


def test_a_summary_counts_in_a_window_that_holds_it_whole() -> None:
    sums = window_sums(months(summary(2, OCTOBER)), first=SEPTEMBER, last=OCTOBER)

    assert sums.scheduled.tolist() == [300, 1000, 0]
    assert sums.acknowledged.tolist() == [300, 900, 0]
    assert sums.absent.tolist() == [30, 170, 0]
    assert sums.has_lessons.tolist() == [True, True, False]
    assert sums.straddled.tolist() == [False, False, False]


def test_a_summary_over_the_edge_of_a_window_makes_it_untellable() -> None:
    over = summary(2, OCTOBER) | {"to": NOVEMBER.last_day}

    sums = window_sums(months(over), first=SEPTEMBER, last=OCTOBER)

    assert sums.scheduled.tolist() == [300, 0, 0]
    assert sums.straddled.tolist() == [False, True, False]


def test_a_summary_of_earlier_months_is_no_lesson_of_this_one() -> None:
    sums = window_sums(months(summary(2, SEPTEMBER)), first=SEPTEMBER, last=OCTOBER)

    assert sums.scheduled.tolist() == [300, 1000, 0]
    assert sums.has_lessons.tolist() == [True, False, False]


def months(*summaries: dict[str, Any]) -> Months:
    """One pupil with lessons, one with a summary, one who is only enrolled."""
    scheduled = np.array([[100], [200], [400]])
    minutes = MonthMinutes(
        pupils=np.array([1]),
        first=SEPTEMBER,
        lessons=scheduled // 50,
        scheduled=scheduled,
        acknowledged=scheduled,
        absent=scheduled // 10,
    )
    return running(minutes, summaries, np.array([3]))


def summary(pupil: int, month: Month) -> dict[str, Any]:
    first: date = month.first_day
    return {
        "pupil": pupil,
        "from": first,
        "to": month.last_day,
        "offered_minutes": 1000,
        "acknowledged_minutes": 900,
        "valid_minutes": 100,
        "invalid_minutes": 70,
        "unclassified_minutes": None,
    }
