"""What is told in one delivery or in several, in the order it became known, counts the same.

Five histories share a ledger, their keys apart; it is split at several places, and again at others.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.oracle.history import Delivery, Row, key_columns
from tests.properties.histories import COUNT, moments, months, stacked, write

from narvaro.ledger import Snapshot, open_ledger
from narvaro.measurement import measure
from narvaro.pipeline import Door, take_in
from narvaro.timetable import parse_at

TOGETHER = 5
BEFORE_ALL = datetime(2016, 1, 1, tzinfo=UTC)
SPLIT = 100_000
"""The first seed, away from the other properties'."""


@pytest.mark.parametrize("first", range(SPLIT, SPLIT + COUNT // 10, TOGETHER))
def test_splitting_a_delivery_changes_nothing(first: int, tmp_path: Path) -> None:
    rng = random.Random(first)
    told = in_order_of_knowledge(stacked(range(first, first + TOGETHER)), rng)
    whole = [gathered(told)]
    one = taken_in(whole, tmp_path / "whole")
    for turn in range(2):
        parts = [gathered(part) for part in cut(told, rng)]

        several = taken_in(parts, tmp_path / f"parts-{turn}")

        for moment in moments(parts, rng, 4):
            for at in months(whole)[:3]:
                assert figures(one, at, moment) == figures(several, at, moment), (turn, at, moment)


def in_order_of_knowledge(history: Sequence[Delivery], rng: random.Random) -> list[tuple[str, Row]]:
    """Every row with a time of its own at which it became known, the earlier told first."""
    rows = [
        (table, row)
        for delivery in history
        for table in FIRST_TO_LAST
        for row in delivery.rows(table)
    ]
    moment, told = BEFORE_ALL, []
    for table, row in rows:
        moment += timedelta(minutes=rng.randint(1, 600))
        told.append((table, {**row, "recorded_at": moment}))
    return told


FIRST_TO_LAST = (
    "organisations",
    "calendar",
    "pupils",
    "enrolments",
    "group_memberships",
    "lessons",
    "marks",
    "announced_absences",
    "period_summaries",
)


def cut(told: list[tuple[str, Row]], rng: random.Random) -> list[list[tuple[str, Row]]]:
    """The same rows in two to four parts, in time order."""
    places = sorted(rng.sample(range(1, len(told)), rng.randint(1, min(3, len(told) - 1))))
    return [told[a:b] for a, b in zip([0, *places], [*places, len(told)], strict=True)]


def gathered(told: Sequence[tuple[str, Row]]) -> Delivery:
    """One delivery that arrives when its last row became known."""
    tables: dict[str, list[Row]] = {}
    for table, row in told:
        tables.setdefault(table, []).append(row)
    return Delivery(told[-1][1]["recorded_at"], tables)


def taken_in(history: Sequence[Delivery], folder: Path) -> Snapshot:
    for delivery, place in zip(history, write(history, folder), strict=True):
        door = Door(pupil_keys="as-given", arrived_at=delivery.arrived_at, confirm=True)
        take_in(place, folder / "ledger", door)
    return open_ledger(folder / "ledger").snapshot()


def figures(snapshot: Snapshot, at: str, known_at: datetime) -> list[Mapping[str, object]]:
    return [
        row.as_record()
        for window in ("month", "rolling-months:3")
        for row in measure(snapshot, window=window, at=parse_at(at), by="school", known_at=known_at)
    ]


def test_a_row_told_again_is_another_moment_of_the_same_key() -> None:
    """The histories do say things twice; a split that never divides them would prove little."""
    again = 0
    for first in range(SPLIT, SPLIT + 20, TOGETHER):
        told = in_order_of_knowledge(stacked(range(first, first + TOGETHER)), random.Random(first))
        keys = [(t, *(row.get(c) for c in key_columns(t))) for t, row in told]
        again += len(keys) - len(set(keys))
    assert again > 20
