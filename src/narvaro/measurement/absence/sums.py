"""The minutes of every pupil and school over days, from the smallest table that can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from narvaro.engine import sql_beside
from narvaro.ledger import Snapshot
from narvaro.timetable import Month, Period, local_day

Sums = Mapping[tuple[int, int], tuple[int, ...]]
"""(pupil number, school number) → the sums in the order of `row.SUMMED`."""

_LONGEST_LESSON = timedelta(days=1)


def minutes_over(snapshot: Snapshot, period: Period, known_at: datetime) -> Sums:
    """Sum every pupil's minutes at every school over a period, as known at a time.

    Whole days that had ended come from the sums by day or month when nothing became known
    after `known_at`; everything else from the signed rows.
    """
    if snapshot.batch.newest_recorded_at > known_at:
        return _from(snapshot, "rows", period, known_at)
    ended = whole_days_end(known_at)
    if period.to_on <= ended:
        whole = period.from_on.day == 1 and Month.holding(period.to_on).last_day == period.to_on
        return _from(snapshot, "months" if whole else "days", period, known_at)
    if period.from_on > ended:
        return _from(snapshot, "rows", period, known_at)
    before = _from(snapshot, "days", Period(period.from_on, ended), known_at)
    after = _from(snapshot, "rows", Period(ended + timedelta(days=1), period.to_on), known_at)
    return _together(before, after)


def whole_days_end(known_at: datetime) -> date:
    """The last day all of whose lessons had ended by a time, whatever their length."""
    return local_day(known_at) - 2 * _LONGEST_LESSON


_TABLES = {"rows": "rows", "days": "pupil_day", "months": "pupil_month"}


def _from(snapshot: Snapshot, grain: str, period: Period, known_at: datetime) -> Sums:
    rows = snapshot.engine.query(
        sql_beside(__file__, f"sums_from_{grain}.sql"),
        tables=snapshot.tables(_TABLES[grain]),
        parameters={
            "from_month": month_number(period.from_on),
            "to_month": month_number(period.to_on),
            "from_on": period.from_on,
            "to_on": period.to_on,
            "known_at": known_at,
        },
    )
    return {(row[0], row[1]): row[2:] for row in rows}


def month_number(day: date) -> int:
    """The month of a day as the ledger writes it: YYYYMM."""
    return day.year * 100 + day.month


def _together(first: Sums, second: Sums) -> Sums:
    found: defaultdict[tuple[int, int], Any] = defaultdict(lambda: (0,) * 10)
    for sums in (first, second):
        for place, values in sums.items():
            found[place] = tuple(a + b for a, b in zip(found[place], values, strict=True))
    return found
