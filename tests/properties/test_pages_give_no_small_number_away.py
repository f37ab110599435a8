"""Whoever collects every page of a month cannot work out a count that one of them hides."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.attacker import Name, Sum, attack

from narvaro.small_numbers import Key
from narvaro.web.figures.facts import Cell, Tally
from narvaro.web.figures.joint import SMALL, Tree, decide, names
from narvaro.web.figures.joint.deciding import Lists, decide_moves
from narvaro.web.figures.joint.names import BANDS, CERTAIN, LIKELY, LISTED, UNTOLD
from narvaro.web.figures.stages import stage_of

EXAMPLES = 200 if os.environ.get("NARVARO_LONG") == "1" else 12
TREE = Tree(("a", "b", "c", "d"), {"north": ("a", "b"), "south": ("c", "d")})
GRADES = ("3", "4", "5")
SEXES = ("female", "male", "unknown")
KINDS = (*BANDS, UNTOLD, CERTAIN, LIKELY)

pupils = st.integers(0, 9)


@st.composite
def tallies(draw: st.DrawFn) -> dict[Cell, Tally]:
    """An invented municipality of four small schools; one class of each has two grades."""
    found = {}
    for school in TREE.schools:
        for grade in GRADES:
            for sex in SEXES[: 3 if school == "a" else 2]:
                for class_ in ("A", "B") if grade == "3" else ("C",):
                    low, high, certain, untold = (draw(pupils) for _n in range(4))
                    certain = min(certain, high)
                    bands = (low, 0, high, 0, untold)
                    found[Cell(school, class_, grade, sex)] = Tally(
                        bands, low + high, certain, high - certain, high
                    )
    return found


def schools_of(place: str) -> Iterable[str]:
    """The schools of a place, worked out without the product's help."""
    kind, _space, name = place.partition(" ")
    if kind == "school":
        return [name]
    return TREE.areas[name] if kind == "area" else TREE.schools


def counted(cells: Mapping[Cell, Tally]) -> dict[Name, tuple[int, list[tuple[str, Cell]]]]:
    """Every number a page can show → the count, and which pupils of which cell it is the sum of."""
    found: dict[Name, tuple[int, list[tuple[str, Cell]]]] = {}

    def put(name: Name, parts: Mapping[Cell, int], kind: str) -> None:
        found[name] = (sum(parts.values()), [(kind, cell) for cell in parts])

    places = [f"school {one}" for one in TREE.schools] + [f"area {one}" for one in TREE.areas]
    for place in (*places, "all"):
        mine = {cell: one for cell, one in cells.items() if cell.school in schools_of(place)}
        for number, kind in enumerate(BANDS):
            put((kind, place, ""), {c: t.bands[number] for c, t in mine.items()}, kind)
        put((UNTOLD, place, ""), {c: t.cannot_tell for c, t in mine.items()}, BANDS[-1])
        put((CERTAIN, place, ""), {c: t.certain for c, t in mine.items()}, CERTAIN)
        put((LIKELY, place, ""), {c: t.likely for c, t in mine.items()}, LIKELY)
        everybody = [(kind, cell) for kind in BANDS for cell in mine]
        found[("everybody", place, "")] = sum(t.pupils for t in mine.values()), everybody
        groups = {"": mine}
        for cell, tally in mine.items():
            for sex in ("", cell.sex) if cell.sex != "unknown" else ("",):
                for group in (f"grade {cell.grade}/{sex}", f"stage {stage_of(cell.grade)}/{sex}"):
                    groups.setdefault(group, {})[cell] = tally
        for group, some in groups.items():
            put((LISTED, place, group), {c: t.flagged for c, t in some.items()}, LISTED)
    for school, class_ in {(cell.school, cell.class_) for cell in cells}:
        some = {c: t for c, t in cells.items() if (c.school, c.class_) == (school, class_)}
        place = f"class {school}/{class_}"
        everybody = [(kind, cell) for kind in BANDS for cell in some]
        found[("everybody", place, "")] = sum(t.pupils for t in some.values()), everybody
        put((LISTED, place, ""), {c: t.flagged for c, t in some.items()}, LISTED)
        put((UNTOLD, place, ""), {c: t.cannot_tell for c, t in some.items()}, BANDS[-1])
    return found


def system(cells: Mapping[Cell, Tally]) -> tuple[list[Name], list[Sum]]:
    """What the reader knows of how numbers hang together."""
    atoms: list[Name] = []
    sums: list[Sum] = []

    def atom(kind: str, cell: Cell) -> Name:
        return ("pupils", kind, *cell)

    for cell in cells:
        atoms += [atom(kind, cell) for kind in (*BANDS, CERTAIN, LIKELY, LISTED)]
        sums += [
            ([atom(LISTED, cell)], [atom(CERTAIN, cell), atom(LIKELY, cell)]),
            ([atom(LISTED, cell)], [atom(kind, cell) for kind in BANDS[1:-1]]),
        ]
    for name, (_count, parts) in counted(cells).items():
        atoms.append(name)
        sums.append(([name], [atom(kind, cell) for kind, cell in parts]))
    return atoms, sums


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(tallies())
def test_nobody_who_has_every_page_bounds_a_hidden_count_to_one_value(
    cells: dict[Cell, Tally],
) -> None:
    hidden = decide(cells, TREE)
    every = counted(cells)
    printed = {name: count for name, (count, _parts) in every.items() if Key(*name) not in hidden}
    atoms, sums = system(cells)
    wanted = [n for n, (count, _p) in every.items() if 0 < count < SMALL and n not in printed]
    wanted = wanted[:: max(1, len(wanted) // 25)]

    found = attack(atoms, sums, printed, wanted)

    assert [name for name in wanted if found[name].is_one_value] == []
    assert (LISTED, names.ALL, "") in printed or every[LISTED, names.ALL, ""][0] < 4 * SMALL


@settings(max_examples=EXAMPLES, deadline=None)
@given(tallies())
def test_every_small_count_is_hidden_on_every_page(cells: dict[Cell, Tally]) -> None:
    hidden = decide(cells, TREE)

    every = counted(cells).items()
    small = {name for name, (n, _p) in every if 0 < n < SMALL and name[0] != "everybody"}
    assert {name for name in small if Key(*name) not in hidden} == set()


def test_an_attacker_finds_pupils_where_each_page_is_protected_by_itself() -> None:
    """Two schools of which one is small: the municipality less the other is the small one."""
    cells = {
        Cell("a", "A", "4", "female"): Tally((20, 0, 9, 0, 0), 29, 9, 0, 9),
        Cell("c", "A", "4", "female"): Tally((20, 0, 3, 0, 0), 23, 3, 0, 3),
    }
    every = counted(cells)
    alone = {name: count for name, (count, _parts) in every.items() if not 0 < count < SMALL}
    atoms, sums = system(cells)
    small = (LISTED, "school c", "")

    assert attack(atoms, sums, alone, [small])[small].is_one_value

    hidden = decide(cells, TREE)
    together = {name: count for name, (count, _p) in every.items() if Key(*name) not in hidden}
    assert not attack(atoms, sums, together, [small])[small].is_one_value


def test_who_came_and_left_do_not_give_a_hidden_list_away() -> None:
    places = TREE.places()
    now = {name: 6 * len(few) for name, few in places.items()}
    told = dict(now) | {"school a": 2, "area north": 8, names.ALL: 20}
    moved = dict.fromkeys(places, (0, 0))
    moved |= {"school a": (4, 0), "area north": (4, 0), names.ALL: (4, 0)}
    hidden_told = frozenset({"school a", "school b", "area north", "area south", "school c"})

    hidden = decide_moves(Lists(now, told, moved, frozenset(), hidden_told), TREE)

    assert any(key.row == "school a" for key in hidden)
