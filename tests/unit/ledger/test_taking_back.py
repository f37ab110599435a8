"""A batch taken back: the figures as they were before it, and what was known stays known."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.contracts import small_town

from narvaro.errors import BadRequest, NotFound
from narvaro.exchange import write_delivery
from narvaro.ledger import Ledger, open_ledger
from narvaro.ledger.taking_back import take_back
from narvaro.ledger.verifying import differences
from narvaro.pipeline import Door, take_in

AT = datetime(2018, 3, 1, 12, tzinfo=UTC)
ZONE = "Europe/Stockholm"
SUMS = """
SELECT pupil, sum(scheduled), sum(acknowledged), sum(valid), sum(invalid), sum(unclassified)
FROM rows WHERE recorded_at <= $known_at GROUP BY pupil HAVING sum(scheduled) <> 0 ORDER BY pupil
"""


def sums(ledger: Ledger, known_at: datetime) -> list[tuple[Any, ...]]:
    snapshot = ledger.snapshot()
    tables = snapshot.tables("rows")
    return snapshot.engine.query(SUMS, tables=tables, parameters={"known_at": known_at})


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settled")
    for number, (make, at) in enumerate(
        (
            (small_town.deliver, small_town.TOLD),
            (small_town.deliver_correction, AT.replace(day=1, month=2)),
        )
    ):
        take_in(make(folder / f"d{number}"), folder / "ledger", Door(arrived_at=at))
    return folder


@pytest.fixture
def ledger(settled: Path, tmp_path: Path) -> Ledger:
    """The small town with its correction in it, keys hashed as from any source."""
    shutil.copytree(settled, tmp_path, dirs_exist_ok=True)
    return open_ledger(tmp_path / "ledger")


def test_a_correction_taken_back_gives_the_figures_from_before_it(ledger: Ledger) -> None:
    before = sums(ledger, small_town.TOLD)
    corrected = sums(ledger, AT.replace(month=2, day=2))
    number = ledger.batches()[-1].batch

    take_back(ledger, number, at=AT)

    assert sums(ledger, AT) == before != corrected
    assert sums(ledger, AT.replace(month=2, day=2)) == corrected
    assert set(differences(ledger.snapshot(), zone=ZONE).values()) == {0}


def test_taking_back_twice_changes_nothing_more(ledger: Ledger) -> None:
    number = ledger.batches()[-1].batch
    take_back(ledger, number, at=AT)
    before, count = sums(ledger, AT), len(ledger.batches())

    again = take_back(ledger, number, at=AT.replace(day=2))

    assert again.kind == "unchanged"
    assert (sums(ledger, AT.replace(day=3)), len(ledger.batches())) == (before, count)


def test_the_only_delivery_taken_back_leaves_no_lessons(tmp_path: Path) -> None:
    take_in(
        small_town.deliver(tmp_path / "d"),
        tmp_path / "ledger",
        Door(arrived_at=small_town.TOLD, pupil_keys="as-given"),
    )
    ledger = open_ledger(tmp_path / "ledger")

    take_back(ledger, 1, at=AT)

    assert sums(ledger, AT) == []
    assert set(differences(ledger.snapshot(), zone=ZONE).values()) == {0}


def test_what_a_later_batch_has_told_stays_as_that_said(ledger: Ledger) -> None:
    corrected = sums(ledger, AT)

    take_back(ledger, 1, at=AT)

    left = sums(ledger, AT)
    snapshot = ledger.snapshot()
    marks = snapshot.engine.query(
        "SELECT count(*) FROM (SELECT *, row_number() OVER (PARTITION BY lesson, pupil ORDER BY "
        "recorded_at DESC, batch DESC) AS place FROM marks) AS m WHERE place = 1 AND NOT withdrawn",
        tables=snapshot.tables("marks"),
    )
    assert marks == [(1,)]
    assert left != corrected
    assert set(differences(snapshot, zone=ZONE).values()) == {0}


def test_a_batch_comes_in_again_when_its_taking_back_is_taken_back(ledger: Ledger) -> None:
    corrected = sums(ledger, AT)
    gone = take_back(ledger, ledger.batches()[-1].batch, at=AT)

    take_back(ledger, gone.batch, at=AT.replace(day=5))

    assert sums(ledger, AT.replace(day=6)) == corrected
    assert set(differences(ledger.snapshot(), zone=ZONE).values()) == {0}


def test_a_delivery_without_dates_can_be_sent_again_afterwards(
    ledger: Ledger, tmp_path: Path
) -> None:
    mark = {"lesson": "elementary-10-05", "pupil": "often", "present_minutes": 100}
    path = write_delivery({"marks": [mark]}, tmp_path / "again")
    number = take_in(path, ledger.folder, Door(arrived_at=AT)).batch.batch
    corrected = sums(ledger, AT.replace(day=2))
    take_back(ledger, number, at=AT.replace(day=3))

    taken = take_in(path, ledger.folder, Door(arrived_at=AT.replace(day=5)))
    once_more = take_in(path, ledger.folder, Door(arrived_at=AT.replace(day=7)))

    assert not taken.is_unchanged
    assert once_more.is_unchanged
    assert sums(ledger, AT.replace(day=6)) == corrected


def test_only_deliveries_that_are_there_can_be_taken_back(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        take_back(ledger, 99, at=AT)
    with pytest.raises(BadRequest):
        take_back(ledger, 0, at=AT)
