"""Rolling months at many month ends at once: one scan instead of one per month end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from narvaro.ledger import Snapshot
from narvaro.ledger.standing import key_of
from narvaro.measurement.months import minutes_by_month
from narvaro.timetable import Month

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Minutes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RollingRow:
    """One pupil's whole minutes over the months that end with `month_end`."""

    pupil: str
    month_end: Month
    scheduled_minutes: int
    acknowledged_minutes: int
    absent_minutes: int


@dataclass(frozen=True)
class RollingSums:
    """The same of every pupil as arrays: one row per month end, one column per pupil.

    `pupils` are the ledger's numbers of the pupils; `lessons` is 0 where a window holds none.
    """

    pupils: Minutes
    ends: tuple[Month, ...]
    lessons: Minutes
    scheduled: Minutes
    acknowledged: Minutes
    absent: Minutes


def rolling(
    snapshot: Snapshot, *, months: int, ends: Sequence[Month], known_at: datetime | None = None
) -> list[RollingRow]:
    """Measure every pupil with lessons over `months` calendar months at each month end.

    Rows are ordered by pupil and month end; a pupil without lessons in a window has none there.
    Lessons only, no period summaries. `known_at` defaults to now.
    """
    import numpy as np

    sums = rolling_sums(snapshot, months=months, ends=ends, known_at=known_at)
    keys = key_of(snapshot)
    at, place = np.nonzero(sums.lessons)
    rows = zip(
        (keys[number] for number in sums.pupils[place].tolist()),
        (sums.ends[number] for number in at.tolist()),
        *(
            values[at, place].tolist()
            for values in (sums.scheduled, sums.acknowledged, sums.absent)
        ),
        strict=True,
    )
    return sorted((RollingRow(*row) for row in rows), key=lambda row: (row.pupil, row.month_end))


def rolling_sums(
    snapshot: Snapshot, *, months: int, ends: Sequence[Month], known_at: datetime | None = None
) -> RollingSums:
    """Measure as `rolling` does, for answers too long to be rows."""
    first = min(ends).plus(1 - months)
    minutes = minutes_by_month(snapshot, first, max(ends), known_at or datetime.now(UTC))
    last = [end.number - first.number + 1 for end in ends]
    sums = (
        _over(values, months, last)
        for values in (minutes.lessons, minutes.scheduled, minutes.acknowledged, minutes.absent)
    )
    return RollingSums(minutes.pupils, tuple(ends), *sums)


def _over(values: Minutes, months: int, last: Sequence[int]) -> Minutes:
    """The sums of so many rows that end before each of the rows `last`."""
    import numpy as np

    before = np.zeros((len(values) + 1, values.shape[1]), dtype=np.int64)
    np.cumsum(values, axis=0, out=before[1:])
    ends = np.array(last)
    sums: Minutes = before[ends] - before[ends - months]
    return sums
