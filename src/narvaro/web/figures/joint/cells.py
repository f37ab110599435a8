"""Every count of pupils that the pages of one month show, and the sums that tie them together.

A place is the municipality, an area, a school or a class. A reader of many pages knows that a
municipality is its schools, a school its classes and its grades, a grade its girls and boys: each
of these is a sum here, so that no page gives away what another one hides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from narvaro.small_numbers import Cell, Equation, Key, Tables
from narvaro.web.figures.facts import Cell as Counted
from narvaro.web.figures.facts import Tally, together
from narvaro.web.figures.joint import names
from narvaro.web.figures.joint.names import (
    AT_MOST,
    BANDS,
    BETWEEN,
    CERTAIN,
    EXTRA,
    LIKELY,
    LISTED,
    UNTOLD,
    Tree,
)
from narvaro.web.figures.stages import stage_of

_PUPILS = "pupils"
_WHOLES = (*BANDS, UNTOLD, BETWEEN, CERTAIN, LIKELY, AT_MOST, EXTRA)
"""Counts of everybody at a place. Those on the list are counted by grade and sex besides."""

Name = TypeVar("Name")
Inner = Mapping[tuple[str, str], Tally]
"""(grade, sex) → the pupils counted."""


def tables_of(tallies: Mapping[Counted, Tally], tree: Tree) -> Tables:
    """The cells and sums of one month under one rule, for the schools of `tree` and all above."""
    made, inner = _Made(), dict[str, Inner]()
    of_school: defaultdict[str, dict[Counted, Tally]] = defaultdict(dict)
    for cell, tally in tallies.items():
        of_school[cell.school][cell] = tally
    first = first_listed_band(tallies.values())
    for key in tree.schools:
        mine, place = of_school[key], names.school(key)
        inner[place] = _summed(((cell.grade, cell.sex), one) for cell, one in mine.items())
        made.place(place, inner[place], first)
        _classes(made, key, mine)
    for key, schools in tree.areas.items():
        _gather(made, inner, names.area(key), [names.school(one) for one in schools])
    parts = [*map(names.area, tree.areas), *map(names.school, tree.loose)]
    _gather(made, inner, names.ALL, parts)
    return Tables(tuple(made.cells.values()), tuple(made.sums))


@dataclass
class _Made:
    """Cells and sums so far."""

    cells: dict[Key, Cell] = field(default_factory=dict)
    sums: list[Equation] = field(default_factory=list)

    def put(self, key: Key, count: int, tally: Tally, *, shown: bool = True) -> None:
        """A count of some of the pupils of a tally."""
        weight = names.weight(key)
        self.cells[key] = Cell(key, count, shown=shown, most=tally.pupils, weight=weight)

    def listed(self, place: str, group: str, tally: Tally, *, shown: bool = True) -> None:
        """Those on the list of those assessed: the few who are not on it are few as well."""
        key, rest = names.key(LISTED, place, group), tally.assessed - tally.flagged
        base = min((n for n in (tally.assessed, rest) if n), default=None)
        most = tally.pupils if group else tally.assessed  # no page says how many cannot be told of
        weight = names.weight(key)
        free = group.endswith(f"/{names.UNKNOWN}")
        self.cells[key] = Cell(
            key, tally.flagged, base, shown and not free, most=most, weight=weight, free=free
        )

    def equal(self, whole: Key, parts: Iterable[Key]) -> None:
        """A total and what it is the sum of."""
        self.sums.append(Equation((whole,), tuple(parts)))

    def place(self, place: str, inner: Inner, first_listed: int | None) -> None:
        """What the page of a place shows."""
        whole = together(inner.values())
        self._wholes(place, whole, first_listed)
        self._groups(place, inner)

    def _wholes(self, place: str, whole: Tally, first_listed: int | None) -> None:
        def at(kind: str) -> Key:
            return names.key(kind, place)

        self.cells[at(_PUPILS)] = Cell(at(_PUPILS), whole.pupils, known=True)
        for kind, count in zip(BANDS, whole.bands, strict=True):
            self.put(at(kind), count, whole)
        self.put(at(UNTOLD), whole.cannot_tell, whole)
        self.put(at(BETWEEN), whole.bands[-1] - whole.cannot_tell, whole, shown=False)
        self.put(at(CERTAIN), whole.certain, whole)
        self.put(at(LIKELY), whole.likely, whole)
        self.put(at(AT_MOST), whole.at_most, whole)
        self.put(at(EXTRA), whole.at_most - whole.flagged, whole, shown=False)
        self.listed(place, names.EVERYBODY, whole)
        self.equal(at(_PUPILS), map(at, BANDS))
        self.equal(at(BANDS[-1]), (at(UNTOLD), at(BETWEEN)))
        self.equal(at(LISTED), (at(CERTAIN), at(LIKELY)))
        self.equal(at(AT_MOST), (at(LISTED), at(EXTRA)))
        if first_listed is not None:
            self.equal(at(LISTED), map(at, BANDS[first_listed:-1]))

    def _groups(self, place: str, inner: Inner) -> None:
        """Grade by sex, and what they are together: grades, stages by sex, stages, everybody."""
        nested: defaultdict[str, dict[str, None]] = defaultdict(dict)
        found: defaultdict[str, Tally] = defaultdict(Tally)
        for (grade, sex), tally in inner.items():
            stage, one = stage_of(grade), names.grade(grade, sex)
            for group in (one, names.grade(grade), names.stage(stage, sex), names.stage(stage)):
                found[group] += tally
            nested[names.grade(grade)][one] = None
            nested[names.stage(stage, sex)][one] = None
            nested[names.stage(stage)][names.grade(grade)] = None
            nested[names.EVERYBODY][names.stage(stage)] = None
        for group, tally in found.items():
            self.listed(place, group, tally)
        for group, parts in nested.items():
            self.equal(
                names.key(LISTED, place, group), (names.key(LISTED, place, one) for one in parts)
            )


def _classes(made: _Made, school: str, tallies: Mapping[Counted, Tally]) -> None:
    """The classes of a school: together its pupils who cannot be told of, and each of its grades."""
    by_class: dict[str, list[Counted]] = {}
    by_grade: defaultdict[str, list[Key]] = defaultdict(list)
    for cell in tallies:
        by_class.setdefault(cell.class_, []).append(cell)
    for name, cells in by_class.items():
        place = names.class_(school, name)
        whole = together(tallies[cell] for cell in cells)
        made.listed(place, names.EVERYBODY, whole, shown=bool(name))
        made.put(names.key(UNTOLD, place), whole.cannot_tell, whole, shown=bool(name))
        grades = _summed((cell.grade, tallies[cell]) for cell in cells)
        if len(grades) == 1:
            by_grade[next(iter(grades))].append(names.key(LISTED, place))
            continue
        for grade, tally in grades.items():
            made.listed(place, names.grade(grade), tally, shown=False)
            by_grade[grade].append(names.key(LISTED, place, names.grade(grade)))
        made.equal(
            names.key(LISTED, place),
            (names.key(LISTED, place, names.grade(grade)) for grade in grades),
        )
    for grade, keys in by_grade.items():
        made.equal(names.key(LISTED, names.school(school), names.grade(grade)), keys)
    untold = [names.key(UNTOLD, names.class_(school, name)) for name in by_class]
    made.equal(names.key(UNTOLD, names.school(school)), untold)


def _gather(made: _Made, inner: dict[str, Inner], place: str, parts: Sequence[str]) -> None:
    """A place that is the sum of others."""
    inner[place] = _summed((group, one) for part in parts for group, one in inner[part].items())
    made.place(place, inner[place], None)
    for grade, sex in inner[place]:
        group = names.grade(grade, sex)
        held = (part for part in parts if (grade, sex) in inner[part])
        made.equal(
            names.key(LISTED, place, group), (names.key(LISTED, part, group) for part in held)
        )
    for kind in _WHOLES:
        made.equal(names.key(kind, place), (names.key(kind, part) for part in parts))


def first_listed_band(tallies: Iterable[Tally]) -> int | None:
    """The first band of those on the list, where the list and the bands change at one limit."""
    found = list(tallies)
    for first in range(1, len(BANDS) - 1):
        if all(one.flagged == sum(one.bands[first:-1]) for one in found):
            return first
    return None


def _summed(pairs: Iterable[tuple[Name, Tally]]) -> dict[Name, Tally]:
    found: defaultdict[Name, Tally] = defaultdict(Tally)
    for name, tally in pairs:
        found[name] += tally
    return dict(found)
