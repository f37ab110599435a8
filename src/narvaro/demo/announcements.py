"""What guardians tell: an absence each morning, and leave granted in advance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from narvaro.demo.absence import LEAVE, SICK, Absence, stays
from narvaro.demo.days import DayTable
from narvaro.demo.roster import Stints

if TYPE_CHECKING:
    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

SCHOOL_OPENS, SCHOOL_CLOSES = 8 * 60, 16 * 60
_UNTOLD = 0.07
"""Share of valid absence that the school knows of in another way than through the system."""


def announcements(
    rng: Generator, *, stints: Stints, days: DayTable, absence: Absence
) -> dict[str, Any]:
    """Columns of `announced_absences`: one row a day of illness, one for each day of leave."""
    import numpy as np

    state = np.where(stays(stints, days), absence.state, 0)
    stint, day = np.nonzero((state == SICK) | (state == LEAVE))
    told_at_all = rng.random(len(stint)) >= _UNTOLD
    stint, day = stint[told_at_all], day[told_at_all]
    leave = state[stint, day] == LEAVE
    midnight = days.ordinal[day] * 1440 - days.offset[day]
    morning = midnight + rng.integers(6 * 60 + 10, 9 * 60, len(stint))
    before = midnight - 1440 * _days_before(rng, stint, absence) + 12 * 60
    return {
        "pupil": stints.pupil[stint],
        "starts": midnight + SCHOOL_OPENS,
        "ends": midnight + SCHOOL_CLOSES,
        "kind": np.where(leave, "leave", "notified").astype(object),
        "told": np.where(leave, before, morning),
    }


def _days_before(rng: Generator, stint: NDArray[np.int64], absence: Absence) -> NDArray[np.int64]:
    """A pupil's guardians ask at about the same time ahead: three to thirty days."""
    usual = rng.integers(3, 31, len(absence.state))
    chosen: NDArray[np.int64] = usual[stint]
    return chosen
