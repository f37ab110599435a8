"""Every pupil's mark in every acknowledged lesson, and what was corrected later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narvaro.demo.absence import (
    LEAVE,
    OTHER_ACTIVITY,
    PRESENT,
    SICK,
    UNEXPLAINED,
    Absence,
)
from narvaro.demo.lessons import NEVER, Lessons
from narvaro.demo.roster import Stints
from narvaro.demo.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

REASONS = ("none", "notified", "leave", "other_valid", "other_activity")
NO_REASON, NONE, NOTIFIED, ON_LEAVE, OTHER_VALID, ACTIVITY = -1, 0, 1, 2, 3, 4
NOT_GIVEN = -1
_ADJUSTED_SLOTS = 2
"""A pupil with an adjusted timetable comes to the first two lessons of a day."""


@dataclass(slots=True)
class Marks:
    """One element per mark; NOT_GIVEN stands for an empty cell."""

    lesson: NDArray[np.int64]  # position among the month's lessons
    stint: NDArray[np.int64]
    scheduled: NDArray[np.int64]
    full: NDArray[np.int64]
    valid: NDArray[np.int64]
    invalid: NDArray[np.int64]
    unclassified: NDArray[np.int64]
    other: NDArray[np.int64]
    reason: NDArray[np.int64]
    told: NDArray[np.int64]  # minutes since 1970-01-01T00:00Z

    def __len__(self) -> int:
        return len(self.lesson)

    def at(self, chosen: NDArray[np.bool_]) -> Marks:
        return Marks(*(getattr(self, name)[chosen] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Seats:
    """The members of all units, one after another, and where each unit's begin."""

    stint: NDArray[np.int64]
    first: NDArray[np.int64]
    count: NDArray[np.int64]


def seats_of(units: Sequence[Unit]) -> Seats:
    import numpy as np

    count = np.array([len(unit.members) for unit in units], dtype=np.int64)
    stint = np.concatenate([np.zeros(0, np.int64), *(unit.members for unit in units)])
    return Seats(stint, np.cumsum(count) - count, count)


def marks_of(
    rng: Generator,
    *,
    lessons: Lessons,
    seats: Seats,
    stints: Stints,
    ordinal: NDArray[np.int64],
    absence: Absence,
    unclassified: bool,
) -> Marks:
    """A mark for everyone enrolled that day, in every lesson that was acknowledged."""
    import numpy as np

    told = np.flatnonzero(lessons.told != NEVER)
    count = seats.count[lessons.unit[told]]
    lesson = np.repeat(told, count)
    within = np.arange(len(lesson)) - np.repeat(np.cumsum(count) - count, count)
    stint = seats.stint[seats.first[lessons.unit[lesson]] + within]
    day = ordinal[lessons.day[lesson]]
    here = (stints.starts[stint] <= day) & (day <= stints.ends[stint])
    lesson, stint = lesson[here], stint[here]
    marks = _blank(lesson, stint, lessons.told[lesson])
    _fill(rng, marks, lessons=lessons, absence=absence)
    if unclassified:
        _unclassify(marks)
    return marks


def _blank(lesson: NDArray[np.int64], stint: NDArray[np.int64], told: NDArray[np.int64]) -> Marks:
    import numpy as np

    minutes = {
        name: np.zeros(len(lesson), np.int64)
        for name in ("valid", "invalid", "unclassified", "other")
    }
    empty = {name: np.full(len(lesson), NOT_GIVEN) for name in ("scheduled", "full", "reason")}
    return Marks(lesson=lesson, stint=stint, told=told, **minutes, **empty)


def _fill(rng: Generator, marks: Marks, *, lessons: Lessons, absence: Absence) -> None:
    import numpy as np

    day, slot = lessons.day[marks.lesson], lessons.slot[marks.lesson]
    minutes = lessons.minutes[marks.lesson]
    state = absence.state[marks.stint, day]
    _adjust(marks, minutes=minutes, later=slot >= _ADJUSTED_SLOTS, absence=absence)
    expected = np.where(marks.scheduled == NOT_GIVEN, minutes, marks.scheduled)
    home = (state == PRESENT) & (slot >= absence.home_from[marks.stint, day])
    for code, bucket, reason in (
        (SICK, marks.valid, NOTIFIED),
        (LEAVE, marks.valid, ON_LEAVE),
        (UNEXPLAINED, marks.invalid, NONE),
        (OTHER_ACTIVITY, marks.other, ACTIVITY),
    ):
        here = state == code
        bucket[here], marks.reason[here] = expected[here], reason
    marks.valid[home], marks.reason[home] = expected[home], OTHER_VALID
    _single_lessons(rng, marks, expected=expected, there=(state == PRESENT) & ~home, day=day,
                    absence=absence)  # fmt: skip


def _adjust(
    marks: Marks, *, minutes: NDArray[np.int64], later: NDArray[np.bool_], absence: Absence
) -> None:
    import numpy as np

    adjusted = absence.adjusted[marks.stint]
    marks.full[adjusted] = minutes[adjusted]
    marks.scheduled[adjusted] = np.where(later, 0, minutes)[adjusted]


def _single_lessons(
    rng: Generator,
    marks: Marks,
    *,
    expected: NDArray[np.int64],
    there: NDArray[np.bool_],
    day: NDArray[np.int64],
    absence: Absence,
) -> None:
    """Lessons missed and late arrivals; both invalid until somebody explains them."""
    import numpy as np

    chance = rng.random(len(marks), dtype=np.float32)
    missed = there & (chance < absence.skip[marks.stint, day])
    late = there & (chance > 1 - absence.late[marks.stint]) & (expected > 0)
    marks.invalid[missed] = expected[missed]
    minutes = np.minimum(1 + rng.geometric(0.12, len(marks)), 35)
    marks.invalid[late] = np.minimum(minutes, expected)[late]
    marks.reason[missed | late] = NONE


def _unclassify(marks: Marks) -> None:
    """A school that tells that a pupil was away, but often not why."""
    unknown = (marks.invalid > 0) & (marks.lesson % 2 == 0)
    marks.unclassified[unknown] = marks.invalid[unknown]
    marks.invalid[unknown] = 0
    marks.reason[unknown] = NO_REASON


def corrected(
    marks: Marks, *, lessons: Lessons, absence: Absence, calm: NDArray[np.bool_]
) -> Marks:
    """Later versions of marks: an unexplained absence that somebody explained."""
    delay = absence.explained[marks.stint, lessons.day[marks.lesson]]
    chosen = (delay >= 0) & (marks.invalid + marks.unclassified > 0) & ~calm[marks.stint]
    again = marks.at(chosen)
    again.valid = again.invalid + again.unclassified
    again.invalid = again.invalid * 0
    again.unclassified = again.unclassified * 0
    again.reason = again.reason * 0 + OTHER_VALID
    again.told = again.told + delay[chosen]
    return again
