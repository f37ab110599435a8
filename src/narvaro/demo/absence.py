"""Who is away when: illness in waves, leave, scattered, growing and long absence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from narvaro.demo.days import DayTable
from narvaro.demo.roster import Stints
from narvaro.demo.schools import School, Trouble

if TYPE_CHECKING:
    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

PRESENT, SICK, LEAVE, UNEXPLAINED, OTHER_ACTIVITY = range(5)
ALL_DAY = 99
_BASE_HAZARD = 0.0125
_LEAVE_HAZARD = 0.0016
_STAGE_ILLNESS = (1.0, 1.0, 1.05)
"""Grades F-3, 4-6, 7-9."""
_SCATTERED = (0.008, 0.025, 0.065)
_GROWING = (0.004, 0.008, 0.022)
_LONG = (0.005, 0.010, 0.022)
_SICKLY = (0.012, 0.012, 0.012)
_LATE = (0.006, 0.008, 0.022)
_UNREPORTED = (0.05, 0.08, 0.16)
WORK_PRACTICE_WEEK = 17
WORK_PRACTICE_GRADE = 8


@dataclass(frozen=True, slots=True)
class Traits:
    """What each pupil number brings: `luck` and `frailty` stay the same through the years."""

    luck: NDArray[np.float64]  # 0..1; the lower, the more absence
    frailty: NDArray[np.float64]  # 1 on average


@dataclass(frozen=True, slots=True)
class Absence:
    """A school year of one school; matrices have one row per stint, one column per school day."""

    state: NDArray[np.int8]
    home_from: NDArray[np.int8]  # the first lesson not attended that day
    skip: NDArray[np.float32]  # chance of missing a single lesson
    late: NDArray[np.float32]  # chance of coming late to a lesson, per stint
    explained: NDArray[np.int64]  # minutes after which an absence is explained, -1 never
    adjusted: NDArray[np.bool_]  # stints with an adjusted timetable


def traits_of(rng: Generator, pupils: int) -> Traits:
    return Traits(rng.random(pupils), rng.gamma(6.0, 1 / 6, pupils))


def absence_of(
    rng: Generator,
    school: School,
    *,
    stints: Stints,
    days: DayTable,
    traits: Traits,
    calm: NDArray[np.bool_],
) -> Absence:
    """Draw a school year's absence; `calm` stints are present every lesson."""
    import numpy as np

    shape = (len(stints), len(days.dates))
    stage = np.clip((stints.grade - 1) // 3, 0, 2)
    luck = np.where(calm, 2.0, traits.luck[stints.pupil])
    if school.shows(Trouble.MORE_FLAGGED_THAN_HANDS):
        luck = luck * 0.55
    kinds = _kinds(luck, stage)
    state = np.zeros(shape, dtype=np.int8)
    frailty = traits.frailty[stints.pupil] * np.array(_STAGE_ILLNESS)[stage]
    frailty = np.where(kinds.sickly, 5.0, frailty) * ~calm
    _spells(rng, state, frailty[:, None] * hazard(rng, days), code=SICK, mean=2.0)
    _spells(rng, state, np.full(shape, _LEAVE_HAZARD) * ~calm[:, None], code=LEAVE, mean=2.6)
    _unreported(rng, state, stage)
    _long_spells(rng, state, kinds.long)
    _work_practice(state, stints, days)
    home_from = np.where(
        (rng.random(shape) < 0.006) & ~calm[:, None], rng.integers(1, 5, shape), ALL_DAY
    ).astype(np.int8)
    explained = np.where(rng.random(shape) < 0.14, rng.integers(700, 36_000, shape), -1)
    return Absence(
        state, home_from, _skips(rng, kinds, days), _lateness(kinds, stage, calm), explained,
        kinds.long & (luck * 1e4 % 3 < 1),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Kinds:
    scattered: NDArray[np.bool_]
    growing: NDArray[np.bool_]
    long: NDArray[np.bool_]
    sickly: NDArray[np.bool_]


def _kinds(luck: NDArray[np.float64], stage: NDArray[np.int64]) -> _Kinds:
    """Low luck means more with every stage, so a pupil's absence tends to grow over the years."""
    import numpy as np

    edges = np.cumsum([np.array(k)[stage] for k in (_LONG, _GROWING, _SCATTERED, _SICKLY)], axis=0)
    kind = (luck[None, :] >= edges).sum(axis=0)
    return _Kinds(kind == 2, kind == 1, kind == 0, kind == 3)


def hazard(rng: Generator, days: DayTable) -> NDArray[np.float64]:
    """The chance that an average pupil falls ill each day: winter, waves, Mondays, Fridays."""
    import numpy as np

    day = days.ordinal - days.ordinal[0]
    season = 1.0 + 0.35 * np.cos((day - 165) / 365 * 2 * np.pi)
    waves = np.zeros(len(day))
    for centre, width, height in ((92, 9, 0.8), (178, 10, 1.0), (215, 7, 0.6)):
        shift = rng.integers(-6, 7)
        waves += height * np.exp(-(((day - centre - shift) / width) ** 2))
    weekday = np.array([1.55, 0.9, 0.85, 0.9, 1.15])[days.weekday]
    chance: NDArray[np.float64] = _BASE_HAZARD * (season + waves) * weekday
    return chance


def _spells(
    rng: Generator, state: NDArray[np.int8], chance: NDArray[np.float64], *, code: int, mean: float
) -> None:
    import numpy as np

    row, start = np.nonzero(rng.random(state.shape) < chance)
    length = rng.geometric(1 / mean, len(row))
    _paint(state, row, start, np.minimum(length, 15), code)


def _long_spells(rng: Generator, state: NDArray[np.int8], long: NDArray[np.bool_]) -> None:
    """One or two months-long absences, most of them reported as illness."""
    import numpy as np

    row = np.repeat(np.flatnonzero(long), 2)
    start = rng.integers(0, state.shape[1], len(row))
    length = rng.integers(18, 95, len(row))
    for code, part in ((SICK, rng.random(len(row)) < 0.7), (UNEXPLAINED, None)):
        chosen = part if part is not None else state[row, start] != SICK
        _paint(state, row[chosen], start[chosen], length[chosen], code)


def _paint(
    state: NDArray[np.int8],
    row: NDArray[np.int64],
    start: NDArray[np.int64],
    length: NDArray[np.int64],
    code: int,
) -> None:
    import numpy as np

    days = state.shape[1]
    steps = np.zeros((state.shape[0], days + 1), dtype=np.int16)
    np.add.at(steps, (row, start), 1)
    np.add.at(steps, (row, np.minimum(start + length, days)), -1)
    state[np.cumsum(steps, axis=1)[:, :days] > 0] = code


def _unreported(rng: Generator, state: NDArray[np.int8], stage: NDArray[np.int64]) -> None:
    import numpy as np

    share = np.array(_UNREPORTED)[stage][:, None]
    state[(state == SICK) & (rng.random(state.shape) < share)] = UNEXPLAINED


def _work_practice(state: NDArray[np.int8], stints: Stints, days: DayTable) -> None:
    import numpy as np

    week = np.array([day.isocalendar().week == WORK_PRACTICE_WEEK for day in days.dates])
    state[np.ix_(stints.grade == WORK_PRACTICE_GRADE, week)] = OTHER_ACTIVITY


def _skips(rng: Generator, kinds: _Kinds, days: DayTable) -> NDArray[np.float32]:
    import numpy as np

    count, length = len(kinds.long), len(days.dates)
    level = np.where(kinds.scattered, rng.uniform(0.04, 0.24, count), 0.002)
    growth = np.where(kinds.growing, rng.uniform(0.25, 0.6, count), 0.0)
    ramp = np.linspace(0.05, 1.0, length) ** 1.5
    weekday = np.array([1.25, 0.9, 0.85, 0.9, 1.3])[days.weekday]
    skips = (level[:, None] + growth[:, None] * ramp) * weekday
    as_drawn: NDArray[np.float32] = skips.astype(np.float32)
    return as_drawn


def _lateness(
    kinds: _Kinds, stage: NDArray[np.int64], calm: NDArray[np.bool_]
) -> NDArray[np.float32]:
    import numpy as np

    late = np.array(_LATE)[stage] * np.where(kinds.scattered | kinds.growing, 4.0, 1.0)
    late[calm] = 0.0
    return late.astype(np.float32)


def stays(stints: Stints, days: DayTable) -> NDArray[np.bool_]:
    """Which days each stint holds."""
    held: NDArray[np.bool_] = (stints.starts[:, None] <= days.ordinal) & (
        days.ordinal <= stints.ends[:, None]
    )
    return held


def work_practice_week(year: int) -> tuple[date, date]:
    """Monday and Friday of the week in which grade 8 is at workplaces."""
    return date.fromisocalendar(year + 1, WORK_PRACTICE_WEEK, 1), date.fromisocalendar(
        year + 1, WORK_PRACTICE_WEEK, 5
    )
