"""Lessons of a school and month: when, for whom, cancelled or taught by another, told when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narvaro.demo.days import DayTable
from narvaro.demo.registration import Staff, told_minutes
from narvaro.demo.schools import School
from narvaro.demo.units import Unit
from narvaro.demo.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

NEVER = -1
_CANCELLED, _SUBSTITUTED = 0.006, 0.012  # shares of all lessons


@dataclass(slots=True)
class Lessons:
    """One element per lesson; moments are minutes since 1970-01-01T00:00Z, NEVER when not."""

    unit: NDArray[np.int64]
    day: NDArray[np.int64]  # position among the school's days
    slot: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    minutes: NDArray[np.int64]
    recess: NDArray[np.int64]
    subject: NDArray[np.int64]
    teacher: NDArray[np.int64]
    cancelled: NDArray[np.int64]  # when it was told
    substitute: NDArray[np.int64]  # who, within the school
    told: NDArray[np.int64]  # when it was acknowledged

    def __len__(self) -> int:
        return len(self.unit)


def lessons_of(
    rng: Generator,
    school: School,
    *,
    week: Week,
    days: DayTable,
    month: slice,
    units: Sequence[Unit],
    staff: Staff,
    year_number: int,
    last_year: bool,
) -> Lessons:
    """A month's lessons; in the last year those of case classes are all held and acknowledged."""
    import numpy as np

    per_day = [np.flatnonzero(week.weekday == wd) for wd in range(5)]
    positions = range(month.start, month.stop)
    row = np.concatenate([per_day[days.weekday[i]] for i in positions])
    day = np.repeat(positions, [len(per_day[days.weekday[i]]) for i in positions])
    starts = days.ordinal[day] * 1440 + week.starts[row] - days.offset[day]
    ends = starts + week.length[row]
    calm = np.array([unit.is_case and last_year for unit in units])[week.unit[row]]
    lessons = Lessons(
        week.unit[row], day, week.slot[row], starts, ends, week.minutes[row],
        week.length[row] - week.minutes[row], week.subject[row], week.teacher[row],
        _exceptions(rng, starts, calm), _substitutes(rng, len(row), calm, staff), ends,
    )  # fmt: skip
    lessons.told = told_minutes(
        rng, school, lessons=lessons, days=days, calm=calm, staff=staff,
        grade=np.array([unit.grade for unit in units])[week.unit[row]],
        year_number=year_number, last_year=last_year,
    )  # fmt: skip
    lessons.told[lessons.cancelled != NEVER] = NEVER
    return lessons


def _exceptions(
    rng: Generator, starts: NDArray[np.int64], calm: NDArray[np.bool_]
) -> NDArray[np.int64]:
    import numpy as np

    chosen = (rng.random(len(starts)) < _CANCELLED) & ~calm
    return np.where(chosen, starts - rng.integers(20, 900, len(starts)), NEVER)


def _substitutes(
    rng: Generator, count: int, calm: NDArray[np.bool_], staff: Staff
) -> NDArray[np.int64]:
    import numpy as np

    chosen = (rng.random(count) < _SUBSTITUTED) & ~calm
    return np.where(chosen, rng.integers(0, len(staff), count), NEVER)
