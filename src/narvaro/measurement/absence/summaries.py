"""Period summaries: minutes a source only gave for a whole period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from narvaro.engine import Rows, sql_beside
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import joins, standing
from narvaro.measurement.absence.sums import month_number, whole_days_end
from narvaro.timetable import Period, end_of_day

_COLUMNS = {
    "scheduled_minutes": "offered_minutes",
    "acknowledged_minutes": "acknowledged_minutes",
    "valid_minutes": "valid_minutes",
    "invalid_minutes": "invalid_minutes",
    "unclassified_minutes": "unclassified_minutes",
    "other_minutes": "other_minutes",
    "full_timetable_minutes": "offered_minutes",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a pupil's summaries at one school add to a window, or that they straddle its edge."""

    minutes: Mapping[str, int]
    is_rounded: bool = False
    straddles: bool = False


def summaries_over(
    snapshot: Snapshot, period: Period, known_at: datetime
) -> dict[tuple[int, int], Counted]:
    """Count the summaries of a window by (pupil number, school number).

    Lessons win: a summary of days in which the pupil had an ended lesson adds nothing. A summary
    counts only in a window that holds it whole, once its last day is over; one over the window's
    edge makes it untellable. Where the source does not say what was acknowledged, nothing is: the
    low bound may still decide, the share cannot.
    Source: exchange format, period summaries.
    """
    touching = speaking_summaries(snapshot, period, known_at)
    found: defaultdict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in touching:
        found[(row["pupil"], row["school"])].append(row)
    return {place: _counted(rows, period) for place, rows in found.items()}


def speaking_summaries(
    snapshot: Snapshot, period: Period, known_at: datetime
) -> list[dict[str, Any]]:
    """The summaries that touch a period, are over, and of days without lessons of the pupil."""
    return without_lessons(snapshot, _touching(snapshot, period, known_at), known_at)


def _touching(snapshot: Snapshot, period: Period, known_at: datetime) -> list[dict[str, Any]]:
    joined = joins(snapshot)
    return [
        {**row, "pupil": joined.get(row["pupil"], row["pupil"])}
        for row in standing(snapshot, "period_summaries", known_at)
        if row["from"] <= period.to_on and row["to"] >= period.from_on
        if end_of_day(row["to"]) <= known_at
    ]


def without_lessons(
    snapshot: Snapshot, rows: list[dict[str, Any]], known_at: datetime
) -> list[dict[str, Any]]:
    """Those of some summaries in whose days the pupil had no ended lesson."""
    if not rows:
        return []
    last = max(row["to"] for row in rows)
    is_now = snapshot.batch.newest_recorded_at <= known_at and last <= whole_days_end(known_at)
    taught: set[tuple[int, date, date]] = set(
        snapshot.engine.query(
            sql_beside(
                __file__, "spans_with_lessons_now.sql" if is_now else "spans_with_lessons.sql"
            ),
            tables=snapshot.tables("pupil_day" if is_now else "rows"),
            rows={"spans": _spans(snapshot, rows)},
            parameters={
                "from_month": month_number(min(row["from"] for row in rows)),
                "to_month": month_number(last),
                "known_at": known_at,
            },
        )
    )
    return [row for row in rows if (row["pupil"], row["from"], row["to"]) not in taught]


def _spans(snapshot: Snapshot, rows: Iterable[dict[str, Any]]) -> Rows:
    """The days of some summaries, under every number that the pupil has had."""
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    for number, pupil in joins(snapshot).items():
        numbers[pupil].append(number)
    spans = {
        (number, row["pupil"], row["from"], row["to"])
        for row in rows
        for number in (row["pupil"], *numbers[row["pupil"]])
    }
    columns = {"number": "BIGINT", "pupil": "BIGINT", "from_on": "DATE", "to_on": "DATE"}
    return Rows(columns, sorted(spans))


def _counted(rows: Iterable[dict[str, Any]], period: Period) -> Counted:
    minutes: defaultdict[str, int] = defaultdict(int)
    is_rounded = False
    for row in rows:
        if row["from"] < period.from_on or row["to"] > period.to_on:
            return Counted({}, straddles=True)
        for name, column in _COLUMNS.items():
            minutes[name] += row[column] or 0
        is_rounded = is_rounded or row["precision"] == "rounded"
    return Counted(dict(minutes), is_rounded=is_rounded)
