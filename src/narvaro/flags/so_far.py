"""How often every pupil has been flagged so far in the school year, at many month ends at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narvaro.flags.combination import Combination
from narvaro.flags.hits import hits
from narvaro.flags.scope import Roster
from narvaro.programmes import Programme
from narvaro.timetable import Month, SchoolYear

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class FlagsSoFar:
    """Month ends with a flag, counted from the school year's first: month end (row), pupil (column).

    `pupils` are the ledger's numbers. A pupil out of scope at a month end gains none there.
    """

    pupils: NDArray[np.int64]
    months: tuple[Month, ...]
    counts: NDArray[np.int64]


def flags_so_far(
    roster: Roster, rules: Sequence[Combination], *, months: Sequence[Month], scope: Programme
) -> FlagsSoFar:
    """Count the month ends at which any of some rules flagged, as known at the roster's time.

    `months` are month ends that are over, in order; those of a school year before its first one
    among them are not counted. Windows are whole months, as in `what_if`.
    """
    import numpy as np

    found: dict[Month, NDArray[np.bool_]] = {}
    pupils = np.zeros(0, dtype=np.int64)
    for one in hits(roster, rules, months=months, scope=scope):
        pupils = one.pupils
        flagged = found.setdefault(one.month, np.zeros(len(pupils), dtype=np.bool_))
        for columns in one.columns.values():
            flagged[columns] = True
        flagged &= one.cells.cell_of >= 0
    counts = np.zeros((len(months), len(pupils)), dtype=np.int64)
    for row, month in enumerate(months):
        counts[row] = found[month]
        if row and SchoolYear.holding(month.first_day) == SchoolYear.holding(
            months[row - 1].first_day
        ):
            counts[row] += counts[row - 1]
    return FlagsSoFar(pupils, tuple(months), counts)
