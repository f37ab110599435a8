"""A reader who wants to know: bounds every unknown count with an integer solver.

Knows nothing of how the cells were chosen. Counts are whole numbers of 0 or more; printed ones are
equal to what is printed; the sums hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Name = tuple[str, ...]
Sum = tuple[Sequence[Name], Sequence[Name]]


@dataclass(frozen=True)
class Interval:
    low: float
    high: float

    @property
    def is_one_value(self) -> bool:
        return self.high - self.low < 0.5


def attack(
    names: Sequence[Name], sums: Sequence[Sum], printed: Mapping[Name, int], wanted: Sequence[Name]
) -> dict[Name, Interval]:
    """The lowest and highest count that each wanted cell can have, given everything printed."""
    place = {name: number for number, name in enumerate(names)}
    low, high = np.zeros(len(names)), np.full(len(names), 1e5)
    for name, count in printed.items():
        low[place[name]] = high[place[name]] = count
    rules = [] if not sums else [LinearConstraint(_matrix(sums, place), 0, 0)]
    return {
        name: Interval(*(_extreme(place[name], sign, rules, Bounds(low, high)) for sign in (1, -1)))
        for name in wanted
    }


def _matrix(sums: Sequence[Sum], place: Mapping[Name, int]) -> np.ndarray:
    matrix = np.zeros((len(sums), len(place)))
    for row, (left, right) in enumerate(sums):
        for sign, side in ((1, left), (-1, right)):
            for name in side:
                matrix[row, place[name]] += sign
    return matrix


def _extreme(cell: int, sign: int, rules: list[LinearConstraint], bounds: Bounds) -> float:
    aim = np.zeros(len(bounds.lb))
    aim[cell] = sign
    answer = milp(aim, constraints=rules, bounds=bounds, integrality=np.ones(len(aim)))
    if not answer.success:
        raise AssertionError(f"the printed numbers contradict each other: {answer.message}")
    return float(round(sign * answer.fun))
