"""Decide which cells of a report stay unprinted, given what earlier reports printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from narvaro.small_numbers.alternatives import alternative
from narvaro.small_numbers.knowledge import Knowledge, price_of
from narvaro.small_numbers.tables import Cell, Key, Tables

Reason = Literal["small", "gives_away"]


class CannotBeProtected(ValueError):
    """What earlier reports printed already gives a small cell away; this report must wait."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A report's tables and what of them may be printed.

    `hidden` says for each unprinted cell whether it is small itself or would give a small one
    away; the reason is for inside use, since printing it would tell the two apart.
    """

    tables: Tables
    hidden: Mapping[Key, Reason]

    def count(self, key: Key) -> int | None:
        """The count to print, or None when the cell is hidden. KeyError for an unknown cell."""
        return None if key in self.hidden else self._shown[key]

    def published(self) -> dict[Key, int]:
        """Every printed count."""
        return {key: n for key, n in self._shown.items() if key not in self.hidden}

    @property
    def _shown(self) -> dict[Key, int]:
        return {cell.key: cell.count for cell in self.tables.cells if cell.shown}


Suggest = Callable[[Key], Iterable[Mapping[Key, int]]]
"""A cell → changes of counts that may keep every sum and move the cell."""


def protect(
    tables: Tables,
    *,
    limit: int = 5,
    earlier: Sequence[Protected] = (),
    suggest: Suggest | None = None,
) -> Protected:
    """Hide every cell built on 1 to `limit` - 1 pupils, and others until no sum gives one away.

    For every hidden cell, of this report and of the `earlier` ones, there is then at least one
    other whole count of 0 or more that fits everything printed in all of them. Cells of earlier
    reports are never printed or hidden anew: a number once printed is known, and a cell hidden
    then stays hidden now. A count that was corrected by 1 to `limit` - 1 pupils after it was
    printed is hidden in its new form, since the difference stands for so few.

    For tables with thousands of cells `suggest` may give changes to try, where looking for one
    would take long; each is tried against every sum, so that a wrong one does no harm.

    Raises CannotBeProtected when the earlier reports alone give a cell away.
    """
    board = _Board(limit)
    for report in earlier:
        board.add(report.tables, hidden=report.hidden, printed=True)
    numbers = board.add(tables, hidden=_hidden_before(tables, earlier), printed=False)
    board.hide_all(suggest)
    return Protected(tables, board.hidden_among(tables.cells, numbers))


def _hidden_before(tables: Tables, earlier: Sequence[Protected]) -> dict[Key, Reason]:
    before: dict[Key, Reason] = {}
    for report in earlier:
        before.update(report.hidden)
    return {cell.key: before[cell.key] for cell in tables.cells if cell.key in before}


@dataclass(slots=True)
class _Board:
    """The cells of every report so far, and which of them are out of print and why."""

    limit: int
    knowledge: Knowledge = field(default_factory=Knowledge)
    newest: dict[Key, int] = field(default_factory=dict)
    reasons: dict[int, Reason] = field(default_factory=dict)

    def add(self, tables: Tables, *, hidden: Mapping[Key, Reason], printed: bool) -> dict[Key, int]:
        numbers = {cell.key: self._number(cell, hidden, printed) for cell in tables.cells}
        for equation in tables.equations:
            self.knowledge.add_sum(
                [numbers[key] for key in equation.left], [numbers[key] for key in equation.right]
            )
        return numbers

    def _number(self, cell: Cell, hidden: Mapping[Key, Reason], printed: bool) -> int:
        known = self.newest.get(cell.key)
        if known is None or self.knowledge.counts[known] != cell.count:
            number = self.newest[cell.key] = self.knowledge.add_cell(cell.count, 0, cell.most)
            if known is not None:
                self._add_correction(known, number)
        else:
            number = known
        self._settle(number, cell, hidden=hidden, printed=printed)
        return number

    def _settle(
        self, number: int, cell: Cell, *, hidden: Mapping[Key, Reason], printed: bool
    ) -> None:
        """Is the cell known to readers, hidden, or free to be printed at a price?"""
        prices = self.knowledge.prices
        if prices[number] is None:
            return
        if cell.known or (printed and cell.shown and cell.key not in hidden):
            prices[number] = None
            self.reasons.pop(number, None)
        elif cell.key in hidden:
            self.reasons.setdefault(number, hidden[cell.key])
        elif cell.is_small(self.limit):
            self.reasons.setdefault(number, "small")
        elif number not in self.reasons:
            prices[number] = price_of(cell)

    def _add_correction(self, before: int, after: int) -> None:
        """The pupils by whom a count was corrected are a cell of their own."""
        counts = self.knowledge.counts
        less, more = sorted((before, after), key=lambda number: counts[number])
        size = counts[more] - counts[less]
        difference = self.knowledge.add_cell(size, 0)
        self.knowledge.add_sum([more], [less, difference])
        if size < self.limit:
            self.reasons[difference] = "small"

    def hide_all(self, suggest: Suggest | None) -> None:
        """Hide what is needed for each hidden cell to have another possible count."""
        safe: set[int] = set()
        keys = {number: key for key, number in self.newest.items()}
        for target in list(self.reasons):
            if target in safe:
                continue
            more = None
            if suggest is not None and target in keys:
                more = partial(self._suggested, suggest, keys[target])
            change = alternative(self.knowledge, target, more)
            if change is None:
                raise CannotBeProtected("earlier reports already give a small cell away")
            self._hide(change)
            safe.update(change)

    def _suggested(self, suggest: Suggest, key: Key) -> Iterable[dict[int, int]]:
        for change in suggest(key):
            yield {self.newest[moved]: step for moved, step in change.items()}

    def _hide(self, cells: Iterable[int]) -> None:
        for cell in cells:
            if self.knowledge.prices[cell]:
                self.reasons.setdefault(cell, "gives_away")
                self.knowledge.prices[cell] = 0

    def hidden_among(self, cells: Iterable[Cell], numbers: Mapping[Key, int]) -> dict[Key, Reason]:
        hidden: dict[Key, Reason] = {}
        for cell in cells:
            number = numbers[cell.key]
            if cell.shown and (number in self.reasons or cell.is_small(self.limit)):
                hidden[cell.key] = self.reasons.get(number, "small")
        return hidden
