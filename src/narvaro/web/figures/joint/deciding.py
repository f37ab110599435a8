"""Deciding which cells of a month's pages stay unprinted, and which comings and goings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from narvaro.small_numbers import CannotBeProtected, Cell, Equation, Key, Tables, protect
from narvaro.web.figures.facts import Cell as Counted
from narvaro.web.figures.facts import Tally
from narvaro.web.figures.joint import names
from narvaro.web.figures.joint.cells import first_listed_band, tables_of
from narvaro.web.figures.joint.exchanges import SMALL, Exchanges
from narvaro.web.figures.joint.names import CAME, LEFT, LISTED, Tree

_TOLD = "told before"


def decide(tallies: Mapping[Counted, Tally], tree: Tree) -> frozenset[Key]:
    """The cells of one month under one rule that no page shows.

    Where nothing else protects (a municipality of one small school) no count is shown but how
    many pupils there are.
    """
    mine = {cell: tally for cell, tally in tallies.items() if cell.school in set(tree.schools)}
    tables = tables_of(mine, tree)
    exchanges = Exchanges(tables, mine, tree, first_listed_band(mine.values()))
    try:
        return frozenset(protect(tables, limit=SMALL, suggest=exchanges).hidden)
    except CannotBeProtected:
        return frozenset(cell.key for cell in tables.cells if cell.shown and not cell.known)


@dataclass(frozen=True, slots=True)
class Lists:
    """Place → how many are on the list now, and last month as it was told; who came and left.

    `hidden_now` and `hidden_told` are the places whose number is not shown.
    """

    now: Mapping[str, int]
    told: Mapping[str, int]
    moved: Mapping[str, tuple[int, int]]
    hidden_now: frozenset[str]
    hidden_told: frozenset[str]


def decide_moves(lists: Lists, tree: Tree) -> frozenset[Key]:
    """Which numbers of those who came and left are not shown.

    This month's list is last month's and those who came less those who left, so that the two
    months and the moves are one system; what is shown of the two lists is decided already.
    """
    tables = Tables(tuple(_cells(lists)), tuple(_sums(lists, tree)))
    try:
        return frozenset(protect(tables, limit=SMALL).hidden)
    except CannotBeProtected:
        return frozenset(names.key(kind, place) for kind in (CAME, LEFT) for place in lists.now)


def _cells(lists: Lists) -> Iterator[Cell]:
    for place, count in lists.now.items():
        came, left = lists.moved[place]
        yield _fixed(names.key(LISTED, place), count, place in lists.hidden_now)
        yield _fixed(names.key(_TOLD, place), lists.told[place], place in lists.hidden_told)
        weight = names.weight(names.key(CAME, place))
        yield Cell(names.key(CAME, place), came, weight=weight)
        yield Cell(names.key(LEFT, place), left, weight=weight)


def _fixed(key: Key, count: int, is_hidden: bool) -> Cell:
    """A count that is shown, or one that is not and must not become known by the moves."""
    return Cell(key, count, base=1, shown=False) if is_hidden else Cell(key, count, known=True)


def _sums(lists: Lists, tree: Tree) -> Iterator[Equation]:
    for place in lists.now:
        yield Equation(
            (names.key(LISTED, place), names.key(LEFT, place)),
            (names.key(_TOLD, place), names.key(CAME, place)),
        )
    for whole, parts in tree.sums():
        for kind in (LISTED, _TOLD, CAME, LEFT):
            yield Equation((names.key(kind, whole),), tuple(names.key(kind, p) for p in parts))
