"""Rolling months at many month ends are the windows that `measure` answers one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.properties.histories import months as months_of
from tests.properties.histories import seeded
from tests.properties.test_the_ledger_agrees_with_the_oracle import taken_in

from narvaro.measurement import measure
from narvaro.measurement.rolling import rolling
from narvaro.timetable import At, Month, parse_at

LATE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("seed", range(4))
def test_rolling_months_are_the_windows_one_by_one(seed: int, tmp_path: Path) -> None:
    history = seeded(seed)
    snapshot = taken_in(history, tmp_path)
    ends = [Month.holding(parse_at(at).day) for at in months_of(history)[-3:]]
    middle = snapshot.batch.newest_recorded_at - timedelta(days=20)

    for known_at in (LATE, middle):
        found = rolling(snapshot, months=2, ends=ends, known_at=known_at)

        assert {
            (row.pupil, row.month_end): (
                row.scheduled_minutes,
                row.acknowledged_minutes,
                row.absent_minutes,
            )
            for row in found
        } == {
            (row.pupil, end): (
                row.scheduled_minutes - row.from_summaries,
                row.acknowledged_minutes,
                row.absent_minutes,
            )
            for end in ends
            for row in measure(
                snapshot,
                window="rolling-months:2",
                at=At(end.last_day, is_month=True),
                known_at=known_at,
            )
            if row.lessons
        }
        assert found == sorted(found, key=lambda row: (row.pupil, row.month_end))
