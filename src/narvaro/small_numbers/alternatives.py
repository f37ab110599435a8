"""Another set of counts that a reader could not tell from the true one.

A hidden cell is safe when every printed number would be the same with another count in it. Such
another count is looked for by moving the cell one step and then mending, one cell at a time, each
sum that no longer holds; the cells moved on the way are those that must be hidden too.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush

from narvaro.small_numbers.knowledge import Knowledge

Change = dict[int, int]
_PATIENCE = 4_000  # states looked at before the cheapest way is given up for the first one
_STEP = 1  # a small price on every moved cell, so that short ways come before long ones
_Ranking = Callable[[int, int], tuple[int, int]]


def alternative(knowledge: Knowledge, target: int) -> Change | None:
    """The cheapest change of counts that moves `target` and keeps every sum; None if there is none.

    Deterministic. When the cheapest is not found in time the first one found is taken: it hides
    more than needed, never less.
    """
    cheapest = _search(knowledge, target, rank=lambda cost, open_sums: (cost, open_sums))
    if cheapest is not None:
        return cheapest
    return _search(knowledge, target, rank=lambda cost, open_sums: (open_sums, cost))


def _search(knowledge: Knowledge, target: int, *, rank: _Ranking) -> Change | None:
    queue: list[tuple[tuple[int, int], int, int, Change]] = []
    seen: set[frozenset[tuple[int, int]]] = set()
    pushed = 0
    for step in (1, -1):
        if knowledge.may_move(target, step, {}):
            change = {target: step}
            heappush(queue, (rank(0, len(_open(knowledge, change))), pushed, 0, change))
            pushed += 1
    for _ in range(_PATIENCE):
        if not queue:
            return None
        _, _, cost, change = heappop(queue)
        unbalanced = _open(knowledge, change)
        if not unbalanced:
            return change
        for cell, step in _fewest_remedies(knowledge, unbalanced, change):
            further = {**change, cell: change.get(cell, 0) + step}
            mark = frozenset(further.items())
            if mark in seen:
                continue
            seen.add(mark)
            price = 0 if cell in change else knowledge.prices[cell] or 0
            total = cost + price + _STEP
            heappush(queue, (rank(total, len(_open(knowledge, further))), pushed, total, further))
            pushed += 1
    return None


def _open(knowledge: Knowledge, change: Change) -> list[int]:
    touched = {number for cell in change for number in knowledge.sums_of[cell]}
    return sorted(number for number in touched if knowledge.imbalance(number, change))


def _fewest_remedies(
    knowledge: Knowledge, unbalanced: list[int], change: Change
) -> list[tuple[int, int]]:
    choices = [list(knowledge.remedies(number, change)) for number in unbalanced]
    return min(choices, key=len)
