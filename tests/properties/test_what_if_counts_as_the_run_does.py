"""The sweep over dense arrays counts exactly the pupils that the flags themselves count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from tests.oracle.history import Delivery
from tests.properties.histories import months, seeded
from tests.properties.test_the_ledger_agrees_with_the_oracle import PROGRAMMES, taken_in
from tests.spec.adapter import programme_toml

from narvaro.flags import Combination, flag, what_if
from narvaro.ledger import Snapshot
from narvaro.programmes import Programme, load
from narvaro.timetable import Month, parse_at, parse_window

LATE = datetime(2026, 1, 1, tzinfo=UTC)
LIMITS = (1, 5, 10, 15, 30, 60)
WINDOWS = ("month", "rolling-months:2", "rolling-months:3", "school-year", "term", "school-days:5")


@dataclass(frozen=True)
class Told:
    """A history and the ledger that took it in."""

    seed: int
    history: Sequence[Delivery]
    snapshot: Snapshot


@pytest.fixture(scope="module", params=range(8))
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    history = seeded(request.param)
    return Told(request.param, history, taken_in(history, tmp_path_factory.mktemp("history")))


def test_the_rule_that_exists_gives_the_count_of_its_flags(told: Told) -> None:
    history, snapshot = told.history, told.snapshot
    england = load("england")

    for at in months(history)[:3]:
        day = parse_at(at)
        flags = flag(snapshot, england, at=day, known_at=LATE, outside_dates=True)
        for rule in england.rules:
            tried = what_if(
                snapshot,
                [Combination.of(rule)],
                months=[Month.holding(day.day)],
                scope=england,
                minutes_per_flag=45,
                known_at=LATE,
            )
            counted = [one for one in flags if one.rule == rule.id]
            assert sum(one.pupils for one in tried) == len(counted)
            assert sum(one.flags for one in tried) == sum(
                one.outcome == "flagged" for one in counted
            )
            assert all(one.minutes == 45 * one.flags for one in tried)


def test_the_arrays_agree_with_the_slow_way(told: Told, tmp_path: Path) -> None:
    seed, history, snapshot = told.seed, told.history, told.snapshot
    every = [Month.holding(parse_at(at).day) for at in months(history)[:3]]
    combinations = [
        Combination(parse_window(window), operator, Fraction(limit))
        for window in WINDOWS
        for operator in (">=", ">")
        for limit in LIMITS[seed % 3 :: 3]
    ]

    scope = scope_of(seed, tmp_path)

    def counts(
        known_at: datetime, *asked: Combination
    ) -> dict[tuple[str, str, str, str, Fraction, int], int]:
        tried = what_if(
            snapshot,
            asked,
            months=every,
            scope=scope,
            minutes_per_flag=1,
            known_at=known_at,
        )
        return {
            (
                f"{one.at} {one.school} {one.grade}",
                str(one.combination.window),
                one.combination.operator,
                "flags",
                one.combination.limit,
                one.pupils,
            ): one.flags
            for one in tried
        }

    whole = [one for one in combinations if one.window.kind not in ("term", "school-days")]
    slow = Combination(parse_window("school-days:5"), ">=", Fraction(99))
    for known_at in (LATE, snapshot.batch.newest_recorded_at - timedelta(days=5)):
        quickly, slowly = counts(known_at, *whole), counts(known_at, *whole, slow)
        assert quickly == {cell: n for cell, n in slowly.items() if cell[1] != "school-days:5"}


def scope_of(seed: int, folder: Path) -> Programme:
    """Every pupil, or those of some ages, grades or schools taking part."""
    if not seed % 4:
        return load("england")
    path = folder / "programme.toml"
    path.write_text(programme_toml(PROGRAMMES[seed % 4 + 1]), encoding="utf-8")
    return load(path)
