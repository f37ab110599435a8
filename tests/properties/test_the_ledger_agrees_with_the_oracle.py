"""Whatever is told, in whatever order: the ledger's sums are what plain Python says they are."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from tests.oracle.history import Delivery
from tests.oracle.measures import measure_rows
from tests.properties.histories import COUNT, moments, months, seeded, write

from narvaro.ledger import Snapshot, open_ledger
from narvaro.ledger.rebuild import differences
from narvaro.measurement import measure
from narvaro.pipeline import Door, take_in
from narvaro.timetable import parse_at

TOGETHER = 10
WINDOWS = ("month", "rolling-months:3", "school-days:5", "term", "week", "school-year")
By = Literal["pupil", "school"]
ROW_GROUPS: tuple[By, By] = ("pupil", "school")


@pytest.mark.parametrize("first", range(0, COUNT, TOGETHER))
def test_the_ledger_agrees_with_plain_python(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + TOGETHER):
        history = seeded(seed)
        snapshot = taken_in(history, tmp_path / str(seed))

        rng = random.Random(seed)
        for moment, at in itertools.product(moments(history, rng, 3), months(history)[:3]):
            for window in rng.sample(WINDOWS, 2):
                by = rng.choice(ROW_GROUPS)
                assert engine(snapshot, window, at, by, moment) == oracle(
                    history, window, at, by, moment
                ), (seed, window, at, by, moment)


@pytest.mark.parametrize("first", range(1000, 1000 + COUNT // 4, TOGETHER))
def test_what_is_kept_batch_by_batch_equals_a_rebuild(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + TOGETHER):
        snapshot = taken_in(seeded(seed), tmp_path / str(seed))

        assert set(differences(snapshot, zone="Europe/Stockholm").values()) == {0}, seed


def test_the_histories_change_more_than_once() -> None:
    assert sum(len(seeded(seed)) > 1 for seed in range(50)) > 20


def taken_in(history: Sequence[Delivery], folder: Path) -> Snapshot:
    ledger = folder / "ledger"
    for delivery, place in zip(history, write(history, folder), strict=True):
        door = Door(source=delivery.source, pupil_keys="as-given", arrived_at=delivery.arrived_at)
        take_in(place, ledger, door)
    return open_ledger(ledger).snapshot()


def engine(
    snapshot: Snapshot, window: str, at: str, by: By, known_at: datetime
) -> list[dict[str, Any]]:
    rows = measure(snapshot, window=window, at=parse_at(at), by=by, known_at=known_at)
    return [row.as_record() for row in rows]


def oracle(
    history: Sequence[Delivery], window: str, at: str, by: str, known_at: datetime
) -> list[dict[str, Any]]:
    rows = measure_rows(list(history), window, known_at, at=at, by=by)
    return sorted(rows, key=lambda row: (row["pupil"], row.get("school", "")))
