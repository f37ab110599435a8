"""One pupil's period summaries: the list beside the lessons that a figure adds up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from narvaro.engine import sql_beside
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import joins, numbers_of
from narvaro.measurement.absence.summaries import without_lessons
from narvaro.timetable import Period, end_of_day


@dataclass(frozen=True, slots=True)
class PeriodSum:
    """What a source told of a whole period at once, in whole minutes."""

    period: Period
    scheduled: int
    acknowledged: int
    valid: int
    invalid: int
    unclassified: int
    is_rounded: bool = field(default=False, kw_only=True)

    @property
    def absent(self) -> int:
        """Valid, invalid and unclassified absence together."""
        return self.valid + self.invalid + self.unclassified


def sums_of(snapshot: Snapshot, pupil: str, period: Period, known_at: datetime) -> list[PeriodSum]:
    """List the summaries that speak of a pupil in a period, those over its edges too, in order.

    The same that `measure` counts in a window that holds them whole: over by then, and of days
    in which the pupil had no ended lesson. Empty for a key the ledger does not hold.
    """
    rows = [
        row
        for row in _told(snapshot, pupil, known_at)
        if row["from"] <= period.to_on and row["to"] >= period.from_on
        if end_of_day(row["to"]) <= known_at
    ]
    return [_sum(row) for row in without_lessons(snapshot, rows, known_at)]


_NAMES = ("pupil", "from", "to", "scheduled", "acknowledged", "valid", "invalid", "unclassified")


def _told(snapshot: Snapshot, pupil: str, known_at: datetime) -> Iterable[dict[str, Any]]:
    number = numbers_of(snapshot, [pupil]).get(pupil)
    if number is None:
        return
    for each in (number, *(old for old, new in joins(snapshot).items() if new == number)):
        for row in snapshot.engine.query(
            sql_beside(__file__, "sums_of_pupil.sql"),
            tables=snapshot.tables("period_summaries"),
            parameters={"pupil": each, "known_at": known_at},
        ):
            named = dict(zip((*_NAMES, "precision"), row, strict=True))
            yield named | {"pupil": number}


def _sum(row: dict[str, Any]) -> PeriodSum:
    minutes = {name: int(row[name] or 0) for name in _NAMES[3:]}
    is_rounded = row["precision"] == "rounded"
    return PeriodSum(Period(row["from"], row["to"]), **minutes, is_rounded=is_rounded)
