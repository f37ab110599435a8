"""Whoever is disposed of, in whatever history: everyone else stays, and every sum can be rebuilt.

Twenty histories share a ledger, their keys apart. After each delivery some pupils go; later
deliveries may tell of them again.
"""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.oracle.history import Delivery
from tests.properties.histories import COUNT, months, stacked, write

from narvaro.ledger import Ledger, open_ledger
from narvaro.ledger.standing import key_of
from narvaro.ledger.verifying import differences
from narvaro.measurement import measure
from narvaro.pipeline import Door, take_in
from narvaro.timetable import parse_at

TOGETHER = 20


@pytest.mark.parametrize("first", range(0, COUNT // 5, TOGETHER))
def test_every_sum_can_be_rebuilt_and_everyone_else_stays(first: int, tmp_path: Path) -> None:
    history, rng = stacked(range(first, first + TOGETHER)), random.Random(first)
    place = tmp_path / "ledger"
    for delivery, folder in zip(history, write(history, tmp_path), strict=True):
        door = Door("files", pupil_keys="as-given", arrived_at=delivery.arrived_at, confirm=True)
        take_in(folder, place, door)
        ledger = open_ledger(place)
        gone = some_pupils(ledger, rng)
        before = figures(ledger, history, delivery.arrived_at)

        ledger.dispose(gone, rule="a rule")

        after = figures(ledger, history, delivery.arrived_at)
        assert after == [row for row in before if row["pupil"] not in gone]
        assert set(differences(ledger.snapshot(), zone="Europe/Stockholm").values()) == {0}


def some_pupils(ledger: Ledger, rng: random.Random) -> list[str]:
    """About a third of everyone the ledger holds."""
    everyone = sorted(key_of(ledger.snapshot()).values())
    return rng.sample(everyone, len(everyone) // 3)


def figures(ledger: Ledger, history: list[Delivery], known_at: datetime) -> list[dict[str, Any]]:
    """Everyone's months as known then, in a fixed order."""
    rows = [
        row.as_record()
        for month in months(history)
        for row in measure(
            ledger.snapshot(), window="month", at=parse_at(month), by="pupil", known_at=known_at
        )
    ]
    return sorted(rows, key=str)
