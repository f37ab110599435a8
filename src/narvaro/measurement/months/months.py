"""Which months of a window hold lessons of a pupil."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from narvaro.engine import sql_beside
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import joins
from narvaro.measurement.absence.sums import month_number, whole_days_end
from narvaro.timetable import Month, Period


def months_with_lessons(
    snapshot: Snapshot, period: Period, known_at: datetime
) -> Mapping[int, frozenset[Month]]:
    """Return pupil number → the calendar months of the period with an ended lesson."""
    ended = Month.holding(period.to_on).last_day <= whole_days_end(known_at)
    is_now = snapshot.batch.newest_recorded_at <= known_at and ended
    rows = snapshot.engine.query(
        sql_beside(__file__, "lessons_by_month_now.sql" if is_now else "lessons_by_month.sql"),
        tables=snapshot.tables("pupil_month" if is_now else "rows"),
        parameters={
            "from_month": month_number(period.from_on),
            "to_month": month_number(period.to_on),
            "known_at": known_at,
        },
    )
    joined = joins(snapshot)
    found: defaultdict[int, set[Month]] = defaultdict(set)
    for pupil, month, _ in rows:
        found[joined.get(pupil, pupil)].add(Month.of(month // 100, month % 100))
    return {pupil: frozenset(months) for pupil, months in found.items()}
