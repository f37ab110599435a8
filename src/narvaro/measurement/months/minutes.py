"""The minutes of every pupil by calendar month, as dense arrays: one row per month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from narvaro.engine import sql_beside
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import joins
from narvaro.measurement.absence.sums import month_number, whole_days_end
from narvaro.timetable import Month

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Minutes = NDArray[np.int64]


@dataclass(frozen=True)
class MonthMinutes:
    """Whole minutes by calendar month (row) and pupil (column), and ended lessons beside them.

    `pupils` are the pupils' numbers in the order of the columns, `first` the first row's month.
    `absent` is valid, invalid and unclassified absence together.
    """

    pupils: Minutes
    first: Month
    lessons: Minutes
    scheduled: Minutes
    acknowledged: Minutes
    absent: Minutes


def minutes_by_month(
    snapshot: Snapshot, first: Month, last: Month, known_at: datetime
) -> MonthMinutes:
    """Spread every pupil's minutes of some months, both included, over arrays.

    Joined pupils have one column. Months that had ended come from the sums by month when nothing
    became known after `known_at`, else everything comes from the signed rows.
    """
    has_ended = last.last_day <= whole_days_end(known_at)
    is_now = has_ended and snapshot.batch.newest_recorded_at <= known_at
    columns = snapshot.engine.columns(
        sql_beside(__file__, "minutes_by_month_now.sql" if is_now else "minutes_by_month.sql"),
        tables=snapshot.tables("pupil_month" if is_now else "rows"),
        parameters={
            "from_month": month_number(first.first_day),
            "to_month": month_number(last.first_day),
            "known_at": known_at,
        },
    )
    return spread(columns, joins(snapshot), first, last.number - first.number + 1)


def spread(
    columns: Sequence[Minutes], joined: Mapping[int, int], first: Month, count: int
) -> MonthMinutes:
    """Add up columns (pupil, month as YYYYMM, lessons, scheduled, acknowledged, absent)."""
    import numpy as np

    pupil, month, *values = columns
    pupils, column = _places(pupil, joined)
    row = month // 100 * 12 + month % 100 - 1 - first.number
    place = row * len(pupils) + column
    arrays = [np.zeros((count, len(pupils)), dtype=np.int64) for _ in values]
    for array, added in zip(arrays, values, strict=True):
        np.add.at(array.reshape(-1), place, added)
    return MonthMinutes(pupils, first, *arrays)


def _places(pupil: Minutes, joined: Mapping[int, int]) -> tuple[Minutes, Minutes]:
    """The different pupils in order, and where each row's pupil stands among them."""
    import numpy as np

    found, place = np.unique(pupil, return_inverse=True)
    if not joined:
        return found, place
    whose = [joined.get(number, number) for number in found.tolist()]
    pupils, of_found = np.unique(np.array(whose, dtype=np.int64), return_inverse=True)
    return pupils, of_found[place]
