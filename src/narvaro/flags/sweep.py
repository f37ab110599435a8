"""Many rules at once over dense arrays: one row per pupil, one column per month.

Numbers happen here; what to count and for whom is decided in `what_if`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from narvaro.timetable import Month, Period

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Minutes = NDArray[np.int64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Months:
    """Minutes by pupil (row) and calendar month (column), whole numbers.

    `pupils` are the pupils' numbers in the order of the rows, `first` the number of the first
    column's month (see `timetable.Month`).
    """

    pupils: Sequence[int]
    first: int
    lessons: Minutes
    scheduled: Minutes
    acknowledged: Minutes
    absent: Minutes
    summaries: Sequence[Summary] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Minutes a source only gave for a whole period, of the pupil in one row of the arrays."""

    row: int
    period: Period
    scheduled: int
    acknowledged: int
    absent: int


@dataclass(frozen=True)
class WindowSums:
    """The sums of one window that ends with one month, by pupil; some windows cannot be told."""

    has_lessons: Flags
    scheduled: Minutes
    acknowledged: Minutes
    absent: Minutes
    straddled: Flags


def dense(rows: Sequence[tuple[Any, ...]], first: int, count: int) -> Months:
    """Spread rows (pupil, month as YYYYMM, lessons, scheduled, acknowledged, absent) over arrays."""
    import numpy as np

    table = np.array([[int(value) for value in row] for row in rows], dtype=np.int64)
    table = table.reshape(-1, 6)
    pupils, row_of = np.unique(table[:, 0], return_inverse=True)
    column_of = table[:, 1] // 100 * 12 + table[:, 1] % 100 - 1 - first
    arrays = []
    for place in range(2, 6):
        values = np.zeros((len(pupils), count), dtype=np.int64)
        values[row_of, column_of] = table[:, place]
        arrays.append(values)
    lessons, scheduled, acknowledged, absent = arrays
    return Months(pupils.tolist(), first, lessons, scheduled, acknowledged, absent)


def with_summaries(months: Months, rows: Sequence[Mapping[str, Any]]) -> Months:
    """Put period summaries beside the months; a pupil without any lesson gets an empty row."""
    import numpy as np

    known = {pupil: row for row, pupil in enumerate(months.pupils)}
    missing = sorted({row["pupil"] for row in rows} - set(known))
    pupils = [*months.pupils, *missing]
    row_of = {pupil: row for row, pupil in enumerate(pupils)}
    padding = ((0, len(missing)), (0, 0))
    arrays = [
        np.pad(values, padding)
        for values in (months.lessons, months.scheduled, months.acknowledged, months.absent)
    ]
    lessons, scheduled, acknowledged, absent = arrays
    summaries = [_summary(row_of[row["pupil"]], row) for row in rows]
    return Months(pupils, months.first, lessons, scheduled, acknowledged, absent, summaries)


def _summary(place: int, row: Mapping[str, Any]) -> Summary:
    absent = (row[f"{bucket}_minutes"] or 0 for bucket in ("valid", "invalid", "unclassified"))
    return Summary(
        place,
        Period(row["from"], row["to"]),
        row["offered_minutes"] or 0,
        row["acknowledged_minutes"] or 0,
        sum(absent),
    )


def window_sums(months: Months, *, first: Month, last: Month) -> WindowSums:
    """Sum whole months, both included, for every pupil."""
    import numpy as np

    column = last.number - months.first
    span = slice(max(first.number - months.first, 0), column + 1)
    sums = WindowSums(
        months.lessons[:, column] > 0,
        months.scheduled[:, span].sum(axis=1),
        months.acknowledged[:, span].sum(axis=1),
        months.absent[:, span].sum(axis=1),
        np.zeros(len(months.pupils), dtype=np.bool_),
    )
    _add_summaries(sums, months.summaries, Period(first.first_day, last.last_day))
    return sums


def _add_summaries(sums: WindowSums, summaries: Sequence[Summary], window: Period) -> None:
    """Add what a window holds whole; a summary over its edge makes it untellable."""
    for one in summaries:
        if not one.period.overlaps(window):
            continue
        if one.period.shared_with(window) != one.period:
            sums.straddled[one.row] = True
            continue
        sums.scheduled[one.row] += one.scheduled
        sums.acknowledged[one.row] += one.acknowledged
        sums.absent[one.row] += one.absent
        sums.has_lessons[one.row] |= one.period.to_on >= Month.holding(window.to_on).first_day


def flagged(
    sums: WindowSums, *, operator: str, limit: Fraction, floor: Fraction, minimum: int = 0
) -> Flags:
    """Say of every pupil whether a rule flags it; exactly `outcome.judge` without an upper limit.

    Source of the outcomes: docs/explanation/flags.md.
    """
    missing = sums.scheduled - sums.acknowledged
    certain = _reaches(sums.absent, sums.scheduled, operator, limit)
    possible = _reaches(sums.absent + missing, sums.scheduled, operator, limit)
    enough = (sums.acknowledged * 100 * floor.denominator >= floor.numerator * sums.scheduled) & (
        sums.acknowledged > 0
    )
    likely = possible & enough & _reaches(sums.absent, sums.acknowledged, operator, limit)
    tellable = (
        (sums.scheduled > 0) & sums.has_lessons & (sums.scheduled >= minimum) & ~sums.straddled
    )
    return (certain | likely) & tellable


def _reaches(part: Minutes, whole: Minutes, operator: str, limit: Fraction) -> Flags:
    found = part * (100 * limit.denominator)
    wanted = whole * limit.numerator
    return found > wanted if operator == ">" else found >= wanted
