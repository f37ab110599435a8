"""Sums that a school on paper sends instead of lessons, rounded to whole hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from narvaro.demo.days import DayTable
from narvaro.demo.lessons import Lessons
from narvaro.demo.marks import Marks
from narvaro.demo.registers import pupil_keys
from narvaro.demo.roster import Stints
from narvaro.demo.schools import School

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from narvaro.demo.registers import Row

SUMMARIES = {
    "pupil": "VARCHAR", "school": "VARCHAR", "from": "DATE", "to": "DATE",
    "offered_minutes": "INTEGER", "acknowledged_minutes": "INTEGER", "valid_minutes": "INTEGER",
    "invalid_minutes": "INTEGER", "other_minutes": "INTEGER", "precision": "VARCHAR",
}  # fmt: skip
_HOUR = 60


def summaries(
    school: School,
    stints: Stints,
    *,
    lessons: Lessons,
    marks: Marks,
    days: DayTable,
    month: slice,
) -> list[Row]:
    """One row per pupil and month; a school on paper registered every lesson it held."""
    import numpy as np

    minutes = lessons.minutes[marks.lesson]
    sums = [
        _hours(np.bincount(marks.stint, weights=column, minlength=len(stints)))
        for column in (minutes, minutes, marks.valid, marks.invalid, marks.other)
    ]
    first, last = days.dates[month.start].replace(day=1), days.dates[month.stop - 1]
    here = np.flatnonzero(sums[0] > 0)
    keys = pupil_keys(stints.pupil[here])
    return [
        (key, school.key, first, last, *(int(column[stint]) for column in sums), "rounded")
        for key, stint in zip(keys, here.tolist(), strict=True)
    ]


def _hours(minutes: NDArray[Any]) -> NDArray[np.int64]:
    whole: NDArray[np.int64] = (minutes.astype(int) + _HOUR // 2) // _HOUR * _HOUR
    return whole
