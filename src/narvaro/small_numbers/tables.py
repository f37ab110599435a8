"""Counts of pupils as plain tables, and the sums that tie their cells to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

TOTAL = "total"


class Key(NamedTuple):
    """What a cell is about. Two reports that print the same thing use the same key for it,
    so `table` holds the month: ("2026-10 bands", "under 5", "pupils")."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One count of pupils.

    `base` is the number of pupils the count is drawn from, where that can be small while the
    count is not (0 of 3 pupils). A cell that is not `shown` is printed nowhere but can be worked
    out by a reader (those *below* the limit, given the group and those above); it is guarded
    like the others. A cell that is `known` is told whatever is hidden (how many pupils a school
    has), and no count can be more than its `most`. A `weight` above 0 keeps totals in print longer
    than their parts, where they are not called TOTAL. A `free` cell is never small: nothing is
    promised of it, it only stands between others.
    """

    key: Key
    count: int
    base: int | None = None
    shown: bool = True
    known: bool = False
    most: int | None = None
    weight: int = 0
    free: bool = False

    def is_small(self, limit: int) -> bool:
        """Built on at least one pupil and on fewer than `limit`, and not known anyway."""
        if self.known or self.free:
            return False
        return 0 < self.count < limit or (self.base is not None and 0 < self.base < limit)


@dataclass(frozen=True, slots=True)
class Equation:
    """What a reader knows to be equal: the sum of `left` and the sum of `right`.

    A total is written on the left, its parts on the right.
    """

    left: tuple[Key, ...]
    right: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """The cells of one report and every sum among them.

    Raises ValueError when a key occurs twice, a count is negative, or a sum is not true:
    a report whose own totals are wrong must not go out.
    """

    cells: tuple[Cell, ...]
    equations: tuple[Equation, ...] = ()

    def __post_init__(self) -> None:
        counts = self.counts()
        if len(counts) != len(self.cells):
            raise ValueError("a cell occurs twice")
        if any(count < 0 for count in counts.values()):
            raise ValueError("a count of pupils is negative")
        if not all(_holds(equation, counts) for equation in self.equations):
            raise ValueError("a total is not the sum of its parts")

    def counts(self) -> dict[Key, int]:
        """Every count by its key, small ones too: for inside use only."""
        return {cell.key: cell.count for cell in self.cells}


def _holds(equation: Equation, counts: Mapping[Key, int]) -> bool:
    left = sum(counts[key] for key in equation.left)
    return left == sum(counts[key] for key in equation.right)


def cross_table(
    name: str,
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Mapping[tuple[str, str], int],
    shown: bool = True,
) -> Tables:
    """Rows x columns with both margins, each margin cell under the word TOTAL.

    `counts` maps (row, column) to pupils; a pair that is missing counts 0.
    """
    inner = {(r, c): counts.get((r, c), 0) for r in rows for c in columns}
    whole = dict(inner)
    for row in rows:
        whole[row, TOTAL] = sum(inner[row, column] for column in columns)
    for column in (*columns, TOTAL):
        whole[TOTAL, column] = sum(whole[row, column] for row in rows)
    cells = tuple(Cell(Key(name, r, c), count, shown=shown) for (r, c), count in whole.items())
    return Tables(cells, (*_row_sums(name, rows, columns), *_column_sums(name, rows, columns)))


def _row_sums(name: str, rows: Sequence[str], columns: Sequence[str]) -> Iterable[Equation]:
    for row in (*rows, TOTAL):
        yield Equation((Key(name, row, TOTAL),), tuple(Key(name, row, c) for c in columns))


def _column_sums(name: str, rows: Sequence[str], columns: Sequence[str]) -> Iterable[Equation]:
    for column in (*columns, TOTAL):
        yield Equation((Key(name, TOTAL, column),), tuple(Key(name, r, column) for r in rows))


def joined(*tables: Tables, links: Iterable[Equation] = ()) -> Tables:
    """Several tables of one report as one, with the sums that hold across them."""
    cells = tuple(cell for table in tables for cell in table.cells)
    sums = tuple(equation for table in tables for equation in table.equations)
    return Tables(cells, (*sums, *links))
