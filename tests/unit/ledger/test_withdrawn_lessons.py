"""A lesson can be taken away by its key alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.contracts import small_town

from narvaro.exchange import write_delivery
from narvaro.ledger import open_ledger
from narvaro.measurement import measure
from narvaro.pipeline import Door, take_in

LATER = datetime(2018, 2, 1, tzinfo=UTC)
BEFORE = datetime(2018, 1, 31, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return small_town.settle(tmp_path)


def withdraw(folder: Path, ledger: Path, lesson: str) -> None:
    row = {"lesson": lesson, "withdrawn": True, "recorded_at": LATER}
    write_delivery({"lessons": [row]}, folder)
    take_in(folder, ledger, Door(pupil_keys="as-given", arrived_at=LATER))


def scheduled(ledger: Path, pupil: str, known_at: datetime) -> int:
    snapshot = open_ledger(ledger).snapshot()
    rows = measure(snapshot, window="2017-10-01..2017-12-31", known_at=known_at)
    return next(row.scheduled_minutes for row in rows if row.pupil == pupil)


def test_its_minutes_go_from_the_moment_it_was_told(tmp_path: Path, ledger: Path) -> None:
    withdraw(tmp_path / "withdrawn", ledger, "elementary-10-04")

    assert scheduled(ledger, "often", BEFORE) == 3000
    assert scheduled(ledger, "often", LATER) == 2900


def test_a_lesson_nobody_knew_is_withdrawn_without_a_trace(tmp_path: Path, ledger: Path) -> None:
    withdraw(tmp_path / "withdrawn", ledger, "never-held")

    assert scheduled(ledger, "often", LATER) == 3000
