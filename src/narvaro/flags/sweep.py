"""Many rules at once over dense arrays: one row per month, one column per pupil.

Numbers happen here; what to count and for whom is decided in `what_if`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

from narvaro.measurement.months import MonthMinutes
from narvaro.programmes import Operator
from narvaro.timetable import Month, Period

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]


class Tries(Protocol):
    """What is tried on the sums of a window."""

    @property
    def operator(self) -> Operator: ...
    @property
    def limit(self) -> Fraction: ...
    @property
    def floor(self) -> Fraction: ...
    @property
    def minimum(self) -> int: ...


@dataclass(frozen=True)
class Summaries:
    """Minutes a source only gave for whole periods, as columns.

    `column` is the pupil's; `from_on` and `to_on` are days as ordinals, both included.
    """

    column: Numbers
    from_on: Numbers
    to_on: Numbers
    minutes: tuple[Numbers, Numbers, Numbers]


@dataclass(frozen=True)
class Months:
    """Minutes by calendar month and pupil, running: row n holds what lies before month n.

    `pupils` are the pupils' numbers in the order of the columns, `first` the first month;
    `has_lessons` is by month, and the sums are scheduled, acknowledged and absent minutes.
    """

    pupils: Numbers
    first: Month
    has_lessons: Flags
    running: tuple[Numbers, Numbers, Numbers]
    summaries: Summaries

    def places_of(self, pupils: Numbers) -> Numbers:
        """The columns of some pupils, all of whom have one."""
        import numpy as np

        return np.searchsorted(self.pupils, pupils)


@dataclass(frozen=True)
class WindowSums:
    """The sums of one window that ends with one month, by pupil; some windows cannot be told."""

    has_lessons: Flags
    scheduled: Numbers
    acknowledged: Numbers
    absent: Numbers
    straddled: Flags


def running(
    minutes: MonthMinutes, summaries: Sequence[Mapping[str, Any]], enrolled: Numbers
) -> Months:
    """Sum months up, with a column for everybody who has minutes, a summary or an enrolment."""
    import numpy as np

    summed = np.array([row["pupil"] for row in summaries], dtype=np.int64)
    pupils = np.unique(np.concatenate([minutes.pupils, summed, enrolled]))
    column = np.searchsorted(pupils, minutes.pupils)
    count = len(minutes.lessons)
    has_lessons = np.zeros((count, len(pupils)), dtype=np.bool_)
    has_lessons[:, column] = minutes.lessons > 0
    sums = [np.zeros((count + 1, len(pupils)), dtype=np.int64) for _ in range(3)]
    for total, values in zip(
        sums, (minutes.scheduled, minutes.acknowledged, minutes.absent), strict=True
    ):
        total[1:, column] = values.cumsum(axis=0)
    beside = _as_columns(summaries, np.searchsorted(pupils, summed))
    return Months(pupils, minutes.first, has_lessons, (sums[0], sums[1], sums[2]), beside)


def _as_columns(rows: Sequence[Mapping[str, Any]], column: Numbers) -> Summaries:
    import numpy as np

    def of(values: Iterable[int]) -> Numbers:
        return np.fromiter(values, dtype=np.int64, count=len(rows))

    absent = ("valid_minutes", "invalid_minutes", "unclassified_minutes")
    return Summaries(
        column,
        of(row["from"].toordinal() for row in rows),
        of(row["to"].toordinal() for row in rows),
        (
            of(row["offered_minutes"] or 0 for row in rows),
            of(row["acknowledged_minutes"] or 0 for row in rows),
            of(sum(row[name] or 0 for name in absent) for row in rows),
        ),
    )


def window_sums(months: Months, *, first: Month, last: Month) -> WindowSums:
    """Sum whole months, both included, for every pupil."""
    import numpy as np

    end = last.number - months.first.number + 1
    start = max(first.number - months.first.number, 0)
    scheduled, acknowledged, absent = (total[end] - total[start] for total in months.running)
    has_lessons = months.has_lessons[end - 1].copy()
    straddled = np.zeros(len(months.pupils), dtype=np.bool_)
    sums = WindowSums(has_lessons, scheduled, acknowledged, absent, straddled)
    _add_summaries(sums, months.summaries, Period(first.first_day, last.last_day))
    return sums


def _add_summaries(sums: WindowSums, summaries: Summaries, window: Period) -> None:
    """Add what a window holds whole; a summary over its edge makes it untellable."""
    import numpy as np

    first, last = window.from_on.toordinal(), window.to_on.toordinal()
    touches = (summaries.from_on <= last) & (summaries.to_on >= first)
    whole = touches & (summaries.from_on >= first) & (summaries.to_on <= last)
    sums.straddled[summaries.column[touches & ~whole]] = True
    column = summaries.column[whole]
    totals = (sums.scheduled, sums.acknowledged, sums.absent)
    for total, values in zip(totals, summaries.minutes, strict=True):
        np.add.at(total, column, values[whole])
    this_month = Month.holding(window.to_on).first_day.toordinal()
    sums.has_lessons[summaries.column[whole & (summaries.to_on >= this_month)]] = True


def flagged(sums: WindowSums, tried: Iterable[Tries]) -> Iterator[tuple[Any, Numbers]]:
    """Give everything tried with the columns it flags; exactly `outcome.judge` of every pupil.

    Whom a limit does not flag, no higher one flags: it is asked of the others only.
    Source of the outcomes: docs/explanation/flags.md.
    """
    for _, group in groupby(sorted(tried, key=_alike), key=_alike):
        rising = sorted(group, key=lambda one: one.limit)
        yield from _rising(sums, rising)


def _alike(one: Tries) -> tuple[str, Fraction, int]:
    return one.operator, one.floor, one.minimum


def _rising(sums: WindowSums, tried: Sequence[Tries]) -> Iterator[tuple[Any, Numbers]]:
    import numpy as np

    floor, minimum = tried[0].floor, tried[0].minimum
    left = np.flatnonzero(
        (sums.scheduled > 0) & sums.has_lessons & (sums.scheduled >= minimum) & ~sums.straddled
    )
    for one in tried:
        absent, scheduled = sums.absent[left], sums.scheduled[left]
        acknowledged = sums.acknowledged[left]
        certain = _reaches(absent, scheduled, one)
        possible = _reaches(absent + scheduled - acknowledged, scheduled, one)
        enough = (acknowledged * (100 * floor.denominator) >= scheduled * floor.numerator) & (
            acknowledged > 0
        )
        likely = possible & enough & _reaches(absent, acknowledged, one)
        left = left[certain | likely]
        yield one, left


def _reaches(part: Numbers, whole: Numbers, one: Tries) -> Flags:
    found = part * (100 * one.limit.denominator)
    wanted = whole * one.limit.numerator
    return found > wanted if one.operator == ">" else found >= wanted
