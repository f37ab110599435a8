"""Another set of counts that a reader could not tell from the true one.

A hidden cell is safe when every printed number would be the same with another count in it. Such
another count is looked for by moving the cell one step and then mending, one cell at a time, each
sum that no longer holds; the cells moved on the way are those that must be hidden too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import heappop, heappush

from narvaro.small_numbers.knowledge import Knowledge

Change = dict[int, int]
_PATIENCE = 4_000  # states looked at before the cheapest way is given up for the first one
_BRIEFLY = 200  # the same, where changes are suggested besides
_STEP = 1  # a small price on every moved cell, so that short ways come before long ones
_Ranking = Callable[[int, int], tuple[int, int]]


def alternative(
    knowledge: Knowledge, target: int, suggested: Callable[[], Iterable[Change]] | None = None
) -> Change | None:
    """The cheapest change of counts that moves `target` and keeps every sum; None if there is none.

    Deterministic. When the cheapest is not found in time the first one found is taken: it hides
    more than needed, never less. Who knows what the counts are of can suggest changes, for tables
    where looking takes long: one that is possible and keeps every sum is taken as it is.
    """
    patience = _PATIENCE if suggested is None else _BRIEFLY
    cheapest = _search(knowledge, target, lambda cost, untrue: (cost, untrue), patience)
    if cheapest is None and suggested is not None:
        cheapest = _cheapest(knowledge, target, suggested())
    if cheapest is not None:
        return cheapest
    return _search(knowledge, target, lambda cost, untrue: (untrue, cost), _PATIENCE)


def _cheapest(knowledge: Knowledge, target: int, suggested: Iterable[Change]) -> Change | None:
    """The cheapest of some changes among those that are possible and move the target."""
    best, lowest = None, 0
    for change in suggested:
        cost = sum(knowledge.prices[cell] or 0 for cell in change)
        if (best is None or cost < lowest) and knowledge.allows(change) and change.get(target):
            best, lowest = change, cost
            if not cost:
                break
    return best


def _search(knowledge: Knowledge, target: int, rank: _Ranking, patience: int) -> Change | None:
    """Best first. `rank` orders what is half done by its cost and its number of untrue sums."""
    queue: list[tuple[tuple[int, int], int, _State]] = []
    seen: set[frozenset[tuple[int, int]]] = set()
    nothing = _State({}, {}, 0)
    for step in (1, -1):
        if knowledge.may_move(target, step, {}):
            first = nothing.moved(target, step, knowledge=knowledge)
            heappush(queue, (rank(first.cost, len(first.untrue)), -step, first))
    for turn in range(patience):
        if not queue:
            return None
        state = heappop(queue)[-1]
        if not state.untrue:
            return state.change
        for number, (cell, step) in enumerate(_fewest_remedies(knowledge, state)):
            further = state.moved(cell, step, knowledge=knowledge)
            mark = frozenset(further.change.items())
            if mark not in seen:
                seen.add(mark)
                order = (turn + 1) * len(knowledge.counts) + number
                heappush(queue, (rank(further.cost, len(further.untrue)), order, further))
    return None


@dataclass(frozen=True, slots=True)
class _State:
    """Cells moved so far, the sums that are untrue for it (and by how much), and the cost."""

    change: Change
    untrue: dict[int, int]
    cost: int

    def moved(self, cell: int, step: int, *, knowledge: Knowledge) -> _State:
        price = 0 if cell in self.change else knowledge.prices[cell] or 0
        untrue = dict(self.untrue)
        for number in knowledge.sums_of[cell]:
            surplus = untrue.pop(number, 0) + knowledge.sums[number][cell] * step
            if surplus:
                untrue[number] = surplus
        change = {**self.change, cell: self.change.get(cell, 0) + step}
        return _State(change, untrue, self.cost + price + _STEP)


def _fewest_remedies(knowledge: Knowledge, state: _State) -> list[tuple[int, int]]:
    """The remedies of the untrue sum that has fewest: it must be mended in one of these ways."""
    fewest: list[tuple[int, int]] | None = None
    for number, surplus in sorted(state.untrue.items()):
        choices = list(knowledge.remedies(number, surplus, state.change))
        if fewest is None or len(choices) < len(fewest):
            fewest = choices
        if not fewest:
            break
    return fewest or []
