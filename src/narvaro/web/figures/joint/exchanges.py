"""Ways in which the pupils counted could be others, with every sum over two schools the same.

One pupil on the list fewer in a grade and one more in another grade, and the other way round at
another school: neither school's total nor the municipality's grades show it. Such exchanges are
what a search for another table would find in the end, after looking at very many others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from narvaro.small_numbers import Key, Tables
from narvaro.small_numbers.knowledge import price_of
from narvaro.web.figures.facts import Cell as Counted
from narvaro.web.figures.joint import names
from narvaro.web.figures.joint.names import LISTED, Tree
from narvaro.web.figures.stages import stage_of

SMALL = 5
"""Counts of fewer pupils than this are not shown (docs/law)."""

_PARTNERS, _HERE = 8, 3
"""How many other schools, and ways at the school itself, are tried for each kind of exchange."""

Change = Mapping[Key, int]


class Kind(NamedTuple):
    """What loses one and what gains one; the other way round it is undone."""

    of: str
    loses: tuple[str, ...]
    gains: tuple[str, ...]

    @property
    def back(self) -> Kind:
        """The exchange that undoes it."""
        return Kind(self.of, self.gains, self.loses)


class Way(NamedTuple):
    """An exchange at one school: its price, and the cells of the school and its classes moved."""

    price: int
    school: str
    change: Change


class Exchanges:
    """Suggests changes that move a cell of a school or an area."""

    def __init__(
        self, tables: Tables, cells: Iterable[Counted], tree: Tree, first_listed: int | None
    ) -> None:
        self._cells = {cell.key: cell for cell in tables.cells}
        self._prices = {
            cell.key: 0 if cell.is_small(SMALL) else price_of(cell) for cell in tables.cells
        }
        self._area = {school: key for key, few in tree.areas.items() for school in few}
        self._by_key: defaultdict[Key, dict[Kind, None]] = defaultdict(dict)
        self._ways: defaultdict[Kind, list[Way]] = defaultdict(list)
        here: defaultdict[str, list[Counted]] = defaultdict(list)
        for one in cells:
            here[one.school].append(one)
        first = first_listed or 1
        for school in tree.schools:
            for kind, change in _local(school, here[school], first):
                self._keep(kind, school, change)
        for ways in self._ways.values():
            ways.sort(key=lambda way: way.price)

    def __call__(self, key: Key) -> Iterator[Change]:
        """Changes that move the cell, at two schools of an area or of two areas."""
        place, _space, name = key.row.partition(" ")
        for kind in self._by_key.get(key, ()):
            ways = self._ways[kind]
            mine = [one for one in ways if self._is_at(one.school, place, name)]
            if place == names.ALL:
                mine = [one for one in mine[: _PARTNERS * 2] if key in self._together(one, None)]
            if place == "class":
                mine = [one for one in mine if key in one.change]
            for one in mine[:_HERE]:
                if kind.loses == kind.gains:
                    yield one.change
                    continue
                for other in self._others(kind, one.school, same_area=place != "area"):
                    yield self._together(one, other)
                if place in (names.ALL, "area"):
                    yield self._together(one, None)

    def _is_at(self, school: str, place: str, name: str) -> bool:
        if place == names.ALL:
            return True
        if place == "area":
            return self._area.get(school) == name
        return school == (name.rpartition("/")[0] if place == "class" else name)

    def _others(self, kind: Kind, school: str, *, same_area: bool) -> list[Way]:
        area = self._area.get(school)
        found = (
            one
            for one in self._ways.get(kind.back, ())
            if one.school != school and (self._area.get(one.school) == area) == same_area
        )
        return [one for one, _number in zip(found, range(_PARTNERS), strict=False)]

    def _keep(self, kind: Kind, school: str, change: Change) -> None:
        """Remember a way if the counts allow it."""
        if any(key not in self._cells or not self._may(key, step) for key, step in change.items()):
            return
        price = sum(self._prices[key] for key in change)
        self._ways[kind].append(Way(price, school, change))
        area = self._area.get(school)
        for key in change:
            self._by_key[key][kind] = None
            if area and key.row.startswith("school "):
                self._by_key[key._replace(row=names.area(area))][kind] = None
            if key.row.startswith("school "):
                self._by_key[key._replace(row=names.ALL)][kind] = None

    def _may(self, key: Key, step: int) -> bool:
        cell = self._cells[key]
        return cell.count + step >= 0 and (cell.most is None or cell.count + step <= cell.most)

    def _together(self, one: Way, other: Way | None) -> Change:
        """What two ways move, or one by itself: the places above move where they do not cancel."""
        moved: Counter[Key] = Counter()
        for way in (one, other) if other else (one,):
            for key, step in way.change.items():
                moved[key] += step
                if key.row.startswith("school "):
                    moved[key._replace(row=names.ALL)] += step
                    if area := self._area.get(way.school):
                        moved[key._replace(row=names.area(area))] += step
        return {key: step for key, step in moved.items() if step}


def _local(school: str, cells: list[Counted], first: int) -> Iterator[tuple[Kind, Change]]:
    """Every exchange at a school, whether its counts allow it or not."""
    yield from _of_wholes(names.school(school))
    yield from _of_groups(school, cells)
    yield from _of_totals(school, cells, first)


def _of_wholes(place: str) -> Iterator[tuple[Kind, Change]]:
    sure, more = (names.key(one, place) for one in (names.CERTAIN, names.LIKELY))
    yield from _both(Kind("sure", ("certain",), ("likely",)), {sure: -1, more: 1})
    extra, at_most = (names.key(one, place) for one in (names.EXTRA, names.AT_MOST))
    yield from _both(Kind("at most", ("less",), ("more",)), {extra: 1, at_most: 1})
    *bands, none = (names.key(one, place) for one in names.BANDS)
    between = names.key(names.BETWEEN, place)
    for first in bands:
        for second in bands:
            if first < second:
                kind = Kind("bands", tuple(first), tuple(second))
                yield from _both(kind, {first: -1, second: 1})
        yield from _both(Kind("none", tuple(first), ("between",)), {first: -1, none: 1, between: 1})


def _of_groups(school: str, cells: list[Counted]) -> Iterator[tuple[Kind, Change]]:
    counted_in = _Groups(school, cells)
    for one in cells:
        for other in cells:
            is_near = one.sex == other.sex or one.grade == other.grade
            if one is other or not is_near:
                continue
            moved: Counter[Key] = Counter()
            for cell, step in ((one, -1), (other, 1)):
                for key in counted_in.keys(cell):
                    moved[key] += step
            change = {key: step for key, step in moved.items() if step}
            yield Kind(LISTED, (one.grade, one.sex), (other.grade, other.sex)), change


def _of_totals(school: str, cells: list[Counted], first: int) -> Iterator[tuple[Kind, Change]]:
    """One on the list fewer or more at the school."""
    counted_in, place = _Groups(school, cells), names.school(school)
    for cell in cells:
        for sure in (names.CERTAIN, names.LIKELY):
            for besides in (names.EXTRA, names.AT_MOST):
                moved = dict.fromkeys(counted_in.keys(cell), -1)
                moved[names.key(LISTED, place)] = moved[names.key(sure, place)] = -1
                moved[names.key(besides, place)] = 1 if besides == names.EXTRA else -1
                moved[names.key(names.BANDS[first], place)] = -1
                moved[names.key(names.BANDS[first - 1], place)] = 1
                who = (cell.grade, cell.sex, sure, besides)
                yield from _both(Kind("total", ("one", *who), ("none", *who)), moved)


class _Groups:
    """The cells that a pupil on the list is counted in, of a school and its classes."""

    def __init__(self, school: str, cells: list[Counted]) -> None:
        self._school = school
        grades: defaultdict[str, set[str]] = defaultdict(set)
        for cell in cells:
            grades[cell.class_].add(cell.grade)
        self._mixed = {name for name, found in grades.items() if len(found) > 1}

    def keys(self, cell: Counted) -> list[Key]:
        """School by grade and sex, grade, stage and sex, stage; class, and its grade."""
        place, stage = names.school(self._school), stage_of(cell.grade)
        class_ = names.class_(self._school, cell.class_)
        found = [
            names.key(LISTED, place, names.grade(cell.grade, cell.sex)),
            names.key(LISTED, place, names.grade(cell.grade)),
            names.key(LISTED, place, names.stage(stage, cell.sex)),
            names.key(LISTED, place, names.stage(stage)),
            names.key(LISTED, class_),
        ]
        if cell.class_ in self._mixed:
            found.append(names.key(LISTED, class_, names.grade(cell.grade)))
        return found


def _both(kind: Kind, change: Change) -> Iterator[tuple[Kind, Change]]:
    yield kind, change
    yield kind.back, {key: -step for key, step in change.items()}
