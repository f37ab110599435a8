"""What readers of several reports know: cells, which of them are printed, and their sums.

Cells become numbers from 0 upwards; a sum becomes a list of (cell, +1 or -1) that adds to zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from narvaro.small_numbers.tables import TOTAL, Cell


@dataclass(slots=True)
class Knowledge:
    """The cells of all reports in one system.

    prices: what a reader loses if the cell is hidden; 0 when it is not printed anyway, None when
    it has been printed already and cannot be hidden.
    """

    counts: list[int] = field(default_factory=list)
    prices: list[int | None] = field(default_factory=list)
    sums: list[dict[int, int]] = field(default_factory=list)
    sums_of: list[list[int]] = field(default_factory=list)
    most: list[int | None] = field(default_factory=list)

    def add_cell(self, count: int, price: int | None, most: int | None = None) -> int:
        self.counts.append(count)
        self.prices.append(price)
        self.most.append(most)
        self.sums_of.append([])
        return len(self.counts) - 1

    def add_sum(self, left: Iterable[int], right: Iterable[int]) -> None:
        terms: dict[int, int] = {}
        for sign, cells in ((1, left), (-1, right)):
            for cell in cells:
                terms[cell] = terms.get(cell, 0) + sign
        terms = {cell: sign for cell, sign in terms.items() if sign}
        for cell in terms:
            self.sums_of[cell].append(len(self.sums))
        self.sums.append(terms)

    def remedies(
        self, sum_number: int, surplus: int, change: Mapping[int, int]
    ) -> Iterator[tuple[int, int]]:
        """(cell, step) pairs that lessen the sum's surplus and keep every count possible."""
        for cell, sign in self.sums[sum_number].items():
            step = -1 if sign * surplus > 0 else 1
            if self.may_move(cell, step, change):
                yield cell, step

    def allows(self, change: Mapping[int, int]) -> bool:
        """Every count stays possible, and every sum true."""
        for cell, step in change.items():
            to, most = self.counts[cell] + step, self.most[cell]
            if self.prices[cell] is None or to < 0 or (most is not None and to > most):
                return False
        touched = {number for cell in change for number in self.sums_of[cell]}
        return not any(
            sum(sign * change.get(cell, 0) for cell, sign in self.sums[number].items())
            for number in touched
        )

    def may_move(self, cell: int, step: int, change: Mapping[int, int]) -> bool:
        """No cell moves back, below zero, above its most, or from where readers know it to be."""
        if self.prices[cell] is None:
            return False
        moved, most = change.get(cell, 0), self.most[cell]
        to = self.counts[cell] + moved + step
        return moved * step >= 0 and to >= 0 and (most is None or to <= most)


def price_of(cell: Cell) -> int:
    """Inner cells before margins, small counts before large, a true zero last of its kind."""
    if not cell.shown:
        return 0
    margins = cell.weight + (cell.key.row == TOTAL) + (cell.key.column == TOTAL)
    loss = min(cell.count, 999) if cell.count else 5_000
    return int(10_000 * 12**margins + loss)
