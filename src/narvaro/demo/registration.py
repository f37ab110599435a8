"""How teachers register: in the lesson, after it, in the evening, on Fridays, late or never."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from narvaro.demo.days import DayTable
from narvaro.demo.schools import School, Trouble

if TYPE_CHECKING:
    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

IN_LESSON, AFTER, EVENING, FRIDAY, LATE, HARDLY = range(6)
_HABITS = (0.45, 0.27, 0.14, 0.07, 0.05, 0.02)
_RATES = (0.992, 0.985, 0.975, 0.965, 0.94, 0.08)
_YOUNGEST_RATE = 0.985
"""Grades 1 to 3 were registered the worst in the programmes this is modelled on."""
_LAST_CLOCK = 16 * 60 + 45


class Held(Protocol):
    """What lessons have that registering looks at; one element per lesson."""

    teacher: NDArray[np.int64]
    day: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Staff:
    """A school's teachers: the number of the first one, and each one's habit."""

    first: int
    habit: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.habit)


def staff_of(rng: Generator, *, first: int, teachers: int) -> Staff:
    """`teachers` teachers, of whom at most one hardly ever registers."""
    import numpy as np

    habit = rng.choice(len(_HABITS), size=teachers, p=_HABITS)
    forgetful = np.flatnonzero(habit == HARDLY)
    habit[forgetful[1:]] = LATE
    return Staff(first, habit)


def told_minutes(
    rng: Generator,
    school: School,
    *,
    lessons: Held,
    days: DayTable,
    calm: NDArray[np.bool_],
    staff: Staff,
    grade: NDArray[np.int64],
    year_number: int,
    last_year: bool,
) -> NDArray[np.int64]:
    """When each lesson was acknowledged, in minutes since 1970-01-01T00:00Z; -1 for never."""
    import numpy as np

    habit = staff.habit[lessons.teacher]
    rate = np.array(_RATES)[habit]
    rate = rate * np.where((grade >= 1) & (grade <= 3), _YOUNGEST_RATE, 1.0)
    rate = (
        rate
        * _school_rates(school, days, year_number=year_number, last_year=last_year)[lessons.day]
    )
    chance = rng.random(len(lessons))
    told = lessons.ends + _delays(rng, habit, lessons=lessons, days=days)
    told = np.where(calm, lessons.ends - 5, told)
    return np.where(calm | (chance < rate), told, -1)


def _school_rates(
    school: School, days: DayTable, *, year_number: int, last_year: bool
) -> NDArray[np.float64]:
    """What part of the usual a school manages, for each of its days."""
    import numpy as np

    month = np.array([day.month for day in days.dates])
    rates = np.ones(len(month))
    if school.shows(Trouble.NO_REGISTRATION_AT_FIRST) and year_number == 0:
        rates[month >= 7] = 0.02
        rates[month < 7] = 0.70
    if school.shows(Trouble.UNUSABLE_MONTHS):
        for weak, rate in ((9, 0.72), (11, 0.55), (2, 0.80), (5, 0.63)):
            rates[month == weak] = rate
    if school.shows(Trouble.TIMETABLE_IN_FEBRUARY) and last_year:
        rates[month == 2] = 0.93
    return rates


def _delays(
    rng: Generator, habit: NDArray[np.int64], *, lessons: Held, days: DayTable
) -> NDArray[np.int64]:
    import numpy as np

    count = len(habit)
    evening = _until_clock(lessons, days) + rng.integers(5, 240, count)
    to_friday = (4 - days.weekday[lessons.day]) * 1440
    return np.select(
        [habit == IN_LESSON, habit == AFTER, habit == EVENING, habit == FRIDAY],
        [
            -rng.integers(2, 30, count),
            rng.geometric(1 / 12, count),
            evening,
            _until_clock(lessons, days) + to_friday,
        ],
        default=evening + 1440 * rng.integers(1, 8, count),
    )


def _until_clock(lessons: Held, days: DayTable) -> NDArray[np.int64]:
    """Minutes from a lesson's end to a quarter to five that afternoon."""
    local_midnight = days.ordinal[lessons.day] * 1440 - days.offset[lessons.day]
    clock: NDArray[np.int64] = local_midnight + _LAST_CLOCK - lessons.ends
    return clock
