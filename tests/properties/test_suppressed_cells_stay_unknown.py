"""Whatever the counts, a reader of this month's and last month's report cannot work a cell out."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import numpy as np
import pytest
from tests.support.attacker import Name, Sum, attack

from narvaro.small_numbers import Cell, Equation, Key, Protected, Tables, protect

LONG = os.environ.get("NARVARO_LONG") == "1"
SEEDS = range(200 if LONG else 12)
BANDS = ("under 5", "5 to 15", "15 to 25", "25 or more")
STAGES = ("F-3", "4-6", "7-9")
SEXES = ("girls", "boys", "unknown")


@dataclass
class World:
    """Counts and sums by name, written without the product's own table builders."""

    counts: dict[Name, int] = field(default_factory=dict)
    unprinted: set[Name] = field(default_factory=set)
    sums: list[Sum] = field(default_factory=list)

    def put(self, name: Name, count: int, *, shown: bool = True) -> Name:
        self.counts[name] = count
        if not shown:
            self.unprinted.add(name)
        return name

    def tables(self) -> Tables:
        cells = tuple(
            Cell(Key(*name), count, shown=name not in self.unprinted)
            for name, count in self.counts.items()
        )
        sums = tuple(
            Equation(tuple(Key(*n) for n in left), tuple(Key(*n) for n in right))
            for left, right in self.sums
        )
        return Tables(cells, sums)


def a_month(world: World, month: str, school: np.ndarray, unclear: int) -> None:
    """`school` holds pupils by stage, sex and band; every table of the month is drawn from it."""
    by_band = school.sum(axis=(0, 1))
    bands = [world.put((month, "bands", b), int(n)) for b, n in zip(BANDS, by_band, strict=True)]
    assessed = world.put((month, "school", "assessed"), int(school.sum()))
    listed = world.put((month, "school", "listed"), int(by_band[2:].sum()))
    other = world.put((month, "school", "other"), int(by_band[:2].sum()), shown=False)
    cannot = world.put((month, "bands", "cannot tell"), unclear)
    everyone = world.put((month, "school", "pupils"), int(school.sum()) + unclear)
    world.sums += [
        ([assessed], bands),
        ([everyone], [assessed, cannot]),
        ([listed], bands[2:]),
        ([other], bands[:2]),
        ([assessed], [listed, other]),
    ]
    three = {
        "all": school.sum(axis=2),
        "above": school[:, :, 2:].sum(axis=2),
        "below": school[:, :, :2].sum(axis=2),
    }
    for part, grid in three.items():
        stage_by_sex(world, f"{month} {part}", grid, shown=part != "below")
    for part, whole in (("all", assessed), ("above", listed), ("below", other)):
        world.sums.append(([whole], [(f"{month} {part}", "total", "total")]))
    for stage in (*STAGES, "total"):
        for sex in (*SEXES, "total"):
            whole, above, below = ((f"{month} {p}", stage, sex) for p in three)
            world.sums.append(([whole], [above, below]))


def stage_by_sex(world: World, name: str, grid: np.ndarray, *, shown: bool) -> None:
    rows, columns = (*STAGES, "total"), (*SEXES, "total")
    whole = np.vstack([grid, grid.sum(axis=0)])
    whole = np.column_stack([whole, whole.sum(axis=1)])
    for r, row in enumerate(rows):
        for c, column in enumerate(columns):
            world.put((name, row, column), int(whole[r, c]), shown=shown)
        world.sums.append(([(name, row, "total")], [(name, row, c) for c in SEXES]))
    for column in columns:
        world.sums.append(([(name, "total", column)], [(name, r, column) for r in STAGES]))


def two_months(seed: int) -> tuple[World, World]:
    """October, and November with its trend (October again) and the pupils who came and left."""
    rng = np.random.default_rng(seed)
    size = rng.choice([0.3, 1.0, 4.0, 12.0])
    weights = size * np.array([8.0, 3.0, 1.0, 0.4])
    before = rng.poisson(weights, size=(len(STAGES), len(SEXES), len(BANDS)))
    before[:, 2] = before[:, 2] * (rng.random() < 0.3)
    after = np.maximum(before + rng.integers(-2, 3, size=before.shape), 0)
    october, november = World(), World()
    a_month(october, "october", before, int(rng.integers(0, 8)))
    a_month(november, "november", after, int(rng.integers(0, 8)))
    listed = october.counts["october", "school", "listed"]
    net = november.counts["november", "school", "listed"] - listed
    came = max(net, 0) + int(rng.integers(0, 8))
    november.put(("october", "school", "listed"), listed)
    november.put(("november", "moves", "in"), came)
    november.put(("november", "moves", "out"), came - net)
    november.sums.append(
        (
            [("november", "school", "listed"), ("november", "moves", "out")],
            [("october", "school", "listed"), ("november", "moves", "in")],
        )
    )
    return october, november


def everything_printed(*reports: Protected) -> dict[Name, int]:
    return {tuple(key): n for report in reports for key, n in report.published().items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_hidden_cell_can_be_bounded_to_one_value(seed: int) -> None:
    october, november = two_months(seed)
    last = protect(october.tables())
    this = protect(november.tables(), earlier=[last])
    names = [*october.counts, *(n for n in november.counts if n not in october.counts)]
    hidden = [tuple(key) for report in (last, this) for key in report.hidden]
    small = [n for w in (october, november) for n in w.unprinted if 0 < w.counts[n] < 5]

    bounds = attack(
        names,
        [*october.sums, *november.sums],
        everything_printed(last, this),
        list(dict.fromkeys([*hidden, *small])),
    )

    assert [name for name, interval in bounds.items() if interval.is_one_value] == []
    for name, interval in bounds.items():
        true = {**october.counts, **november.counts}[name]
        assert interval.low <= true <= interval.high


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cell_of_one_to_four_pupils_is_hidden_and_large_reports_are_not_emptied(
    seed: int,
) -> None:
    october, november = two_months(seed)
    last = protect(october.tables())
    this = protect(november.tables(), earlier=[last])

    for report in (last, this):
        assert not [key for key, count in report.published().items() if 0 < count < 5]
        shown = [cell for cell in report.tables.cells if cell.shown]
        small = [cell for cell in shown if 0 < cell.count < 5]
        assert len(report.hidden) <= 4 * len(small) + 4


def test_the_attacker_finds_a_cell_that_only_its_own_smallness_hides() -> None:
    """Without complementary hiding the attack succeeds, so its silence above means something."""
    names: list[Name] = [("t", part, "n") for part in ("a", "b", "total")]
    printed = {names[1]: 11, names[2]: 14}

    found = attack(names, [([names[2]], names[:2])], printed, [names[0]])

    assert found[names[0]].is_one_value
    assert found[names[0]].low == 3
