"""Rolling months at many month ends at once: one scan instead of one per month end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from narvaro.engine import Rows, sql_beside
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import joins, key_of
from narvaro.timetable import Month, local_day


@dataclass(frozen=True, slots=True)
class RollingRow:
    """One pupil's whole minutes over the months that end with `month_end`."""

    pupil: str
    month_end: Month
    scheduled_minutes: int
    acknowledged_minutes: int
    absent_minutes: int


def rolling(
    snapshot: Snapshot, *, months: int, ends: Sequence[Month], known_at: datetime | None = None
) -> list[RollingRow]:
    """Measure every pupil with lessons over `months` calendar months at each month end.

    Rows are ordered by pupil and month end; a pupil without lessons in a window has none there.
    Lessons only, no period summaries. `known_at` defaults to now.
    """
    moment = known_at or datetime.now(UTC)
    sql, tables, parameters, windows = query_of(snapshot, months, ends, moment)
    rows = snapshot.engine.query(
        sql, tables=snapshot.tables(*tables), rows={"windows": windows}, parameters=parameters
    )
    keys, joined = key_of(snapshot), joins(snapshot)
    found = [
        RollingRow(keys[joined.get(row[0], row[0])], _month(row[1]), *map(int, row[2:]))
        for row in rows
    ]
    return sorted(found, key=lambda row: (row.pupil, row.month_end))


def query_of(
    snapshot: Snapshot, months: int, ends: Sequence[Month], known_at: datetime
) -> tuple[str, tuple[str, ...], dict[str, Any], Rows]:
    """The query that answers: its text, tables, parameters and windows."""
    pairs = [(_number(end), _number(end.plus(-step))) for end in ends for step in range(months)]
    last = max(ends)
    is_now = snapshot.batch.newest_recorded_at <= known_at and last.last_day <= local_day(
        known_at
    ) - timedelta(days=2)
    name = "rolling_from_months.sql" if is_now else "rolling_from_rows.sql"
    parameters = {
        "from_month": min(month for _, month in pairs),
        "to_month": _number(last),
        "known_at": known_at,
    }
    windows = Rows({"month_end": "INTEGER", "month": "INTEGER"}, pairs)
    return sql_beside(__file__, name), ("pupil_month" if is_now else "rows",), parameters, windows


def _number(month: Month) -> int:
    return month.first_day.year * 100 + month.first_day.month


def _month(number: int) -> Month:
    return Month.of(number // 100, number % 100)
