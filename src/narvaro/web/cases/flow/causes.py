"""What investigations found, counted for the schools and for the authority, small counts hidden.

Restricted causes are counted for the authority alone: at a school they would point at somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from narvaro.small_numbers import TOTAL, Cell, Equation, Key, Tables
from narvaro.web.cases.flow.hiding import hidden_in

HINDERS, HELPS = "hinders", "helps"


class CauseRow(NamedTuple):
    """A cause of a pupil's case at a school; a pupil counts once for each."""

    pupil: str
    school: str
    level: str
    word: str
    is_protective: bool
    is_restricted: bool


class Word(NamedTuple):
    """A level, a word and a side."""

    level: str
    word: str
    side: str


@dataclass(frozen=True, slots=True)
class CauseTable:
    """How many pupils each was noted of; None is not shown. `pupils`: of all investigated, or None."""

    counts: Mapping[Word, int | None]
    pupils: int | None


def cause_tables(rows: Sequence[CauseRow], schools: Iterable[str]) -> dict[str, CauseTable]:
    """The table of each school, and of the authority under `TOTAL`, protected together.

    The sum of what schools show and what the authority shows gives no small count away.
    """
    every = sorted(set(schools) | {one.school for one in rows})
    restricted = frozenset(one.word for one in rows if one.is_restricted)
    pupils = _pupils(rows)
    hidden = hidden_in(_tables(pupils, every, restricted))

    def count(name: Word, place: str) -> int | None:
        return None if _key(name, place) in hidden else len(pupils[name].get(place, ()))

    names = sorted(set(pupils) - {ALL})
    return {
        place: CauseTable(
            {
                name: count(name, place)
                for name in names
                if place == TOTAL or name.word not in restricted
            },
            count(ALL, place),
        )
        for place in (*every, TOTAL)
    }


ALL = Word("", "", "")
"""Every pupil of whom something was noted."""

Pupils = Mapping[Word, Mapping[str, set[str]]]


def _pupils(rows: Iterable[CauseRow]) -> dict[Word, dict[str, set[str]]]:
    found: dict[Word, dict[str, set[str]]] = {ALL: defaultdict(set)}
    for one in rows:
        name = Word(one.level, one.word, HELPS if one.is_protective else HINDERS)
        for word in (name, ALL):
            kept = found.setdefault(word, defaultdict(set))
            kept[one.school].add(one.pupil)
            kept[TOTAL].add(one.pupil)
    return found


def _tables(pupils: Pupils, schools: Sequence[str], restricted: frozenset[str]) -> Tables:
    """A pupil who was investigated at two schools counts at both, so the rest is written out."""
    cells: list[Cell] = []
    sums: list[Equation] = []
    for name, places in pupils.items():
        everywhere = len(places.get(TOTAL, ()))
        cells.append(Cell(_key(name, TOTAL), everywhere))
        if name.word in restricted:
            continue
        counted = {school: len(places.get(school, ())) for school in schools}
        keys = [_key(name, school) for school in schools]
        cells += [Cell(key, count) for key, count in zip(keys, counted.values(), strict=True)]
        left, twice = [_key(name, TOTAL)], sum(counted.values()) - everywhere
        if twice:
            cells.append(Cell(_key(name, _TWICE), twice, shown=False))
            left.append(_key(name, _TWICE))
        sums.append(Equation(tuple(left), tuple(keys)))
    return Tables(tuple(cells), tuple(sums))


_TWICE = "twice"


def _key(name: Word, place: str) -> Key:
    return Key("causes", " ".join(name), place)
