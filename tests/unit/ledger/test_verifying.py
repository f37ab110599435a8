"""What is stored is held against what was told, portion by portion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.contracts import small_town

from narvaro.engine import connect
from narvaro.engine.duck import literal
from narvaro.exchange import write_delivery
from narvaro.ledger import Snapshot, chunks, open_ledger
from narvaro.ledger.verifying import differences
from narvaro.pipeline import Door, take_in

ZONE = "Europe/Stockholm"
LATER = datetime(2018, 2, 1, tzinfo=UTC)
MONTHS = ("201710", "201711", "201712")


@pytest.fixture(params=(1, chunks.MARKS_AT_ONCE), ids=("month by month", "at once"), autouse=True)
def marks_at_once(request: pytest.FixtureRequest) -> Iterator[int]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "MARKS_AT_ONCE", request.param)
        yield request.param


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return open_ledger(small_town.settle(tmp_path)).snapshot()


def changed(snapshot: Snapshot, table: str, month: str, change: str) -> int:
    """Write the first file of a month again, otherwise than it was; return its rows now."""
    files = [one for one in snapshot.table(table).files if f"month={month}" in one]
    file = literal(max(files, key=lambda one: Path(one).stat().st_size))
    query = change.format(source=f"read_parquet({file}, hive_partitioning = false)")
    written = connect().execute(f"COPY ({query}) TO {file} (FORMAT parquet)").fetchall()
    return int(written[0][0])


def test_a_whole_ledger_differs_nowhere(snapshot: Snapshot) -> None:
    assert set(differences(snapshot, zone=ZONE).values()) == {0}


@pytest.mark.parametrize("month", MONTHS)
def test_every_sum_that_was_changed_is_counted_once(snapshot: Snapshot, month: str) -> None:
    change = "SELECT * REPLACE (valid + 1 AS valid) FROM {source}"
    expected = changed(snapshot, "pupil_day", month, change)

    found = differences(snapshot, zone=ZONE)

    assert found.pop("pupil_day") == expected > 0
    assert set(found.values()) == {0}


def test_rows_that_are_missing_or_too_many_are_counted(snapshot: Snapshot) -> None:
    changed(snapshot, "rows", "201710", "SELECT * FROM {source} WHERE pupil <> 1")
    changed(
        snapshot,
        "pupil_month",
        "201712",
        "FROM {source} UNION ALL SELECT * REPLACE (99 AS pupil) FROM {source} WHERE pupil = 1",
    )

    found = differences(snapshot, zone=ZONE)

    assert found["rows"] > 0
    assert found["pupil_month"] == 1
    assert found["lesson_rows"] == found["pupil_day"] == 0


def test_a_lesson_moved_to_another_month_is_right_in_both(tmp_path: Path) -> None:
    ledger = small_town.settle(tmp_path)
    moved = {
        "lesson": "elementary-10-04",
        "school": "elementary",
        "starts_at": datetime(2017, 12, 5, 8, tzinfo=UTC),
        "minutes": 100,
        "class": "elementary-a",
        "recorded_at": LATER,
    }
    before = open_ledger(ledger).snapshot()
    write_delivery({"lessons": [moved]}, tmp_path / "moved")
    take_in(tmp_path / "moved", ledger, Door(pupil_keys="as-given", arrived_at=LATER))
    snapshot = open_ledger(ledger).snapshot()

    assert len(snapshot.table("rows").files) > len(before.table("rows").files) + 1
    assert set(differences(snapshot, zone=ZONE).values()) == {0}


def test_progress_tells_every_portion(snapshot: Snapshot, marks_at_once: int) -> None:
    told: list[tuple[str, int, int]] = []

    differences(snapshot, zone=ZONE, progress=lambda *said: told.append(said))

    portions = len(MONTHS) if marks_at_once == 1 else 1
    assert told == [("months", done, portions) for done in range(portions + 1)]
