"""What is counted, where and of whom: the names of the cells of a month's pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from narvaro.small_numbers import Key

LISTED, UNTOLD, CERTAIN, LIKELY, AT_MOST = "listed", "untold", "certain", "likely", "at most"
EXTRA, BETWEEN = "at most, not listed", "assessed, in no band"
"""What no page says but can be worked out of what pages say."""

CAME, LEFT = "came", "left"
BANDS = ("band 0", "band 1", "band 2", "band 3", "band none")
"""The parts of the band bar; the last one is those who stand in none of the bands: those of whom
the rule can tell nothing, and those whose band is uncertain."""

EVERYBODY = ""
"""The group that is all the pupils of a place."""

UNKNOWN = "unknown"
"""The sex of pupils nobody told the sex of. They are counted in every total and have no column of
their own: of how many they are on the list nothing is promised."""

ALL = "all"
"""The place that is all the schools of an authority."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The schools of an authority by key, and those of each of its areas."""

    schools: tuple[str, ...]
    areas: Mapping[str, tuple[str, ...]]

    @property
    def loose(self) -> tuple[str, ...]:
        """The schools of no area."""
        held = {school for few in self.areas.values() for school in few}
        return tuple(school for school in self.schools if school not in held)

    def places(self) -> dict[str, tuple[str, ...]]:
        """The schools of every place that is a school or more."""
        found: dict[str, tuple[str, ...]] = {school(key): (key,) for key in self.schools}
        found |= {area(key): few for key, few in self.areas.items()}
        return {**found, ALL: self.schools}

    def sums(self) -> list[tuple[str, tuple[str, ...]]]:
        """The places that are sums of others, and of which."""
        found = [(area(key), tuple(map(school, few))) for key, few in self.areas.items()]
        return [*found, (ALL, (*map(area, self.areas), *map(school, self.loose)))]


def area(key: str) -> str:
    """An area as a place."""
    return f"area {key}"


def school(key: str) -> str:
    """A school as a place."""
    return f"school {key}"


def class_(of_school: str, name: str) -> str:
    """A class as a place."""
    return f"class {of_school}/{name}"


def class_unit(unit_key: str) -> str:
    """The same, of a class whose unit's key is its school's, a slash and its name."""
    return f"class {unit_key}"


def stage(name: str, sex: str = "") -> str:
    """The pupils of a stage, or those of one sex."""
    return f"stage {name}/{sex}"


def grade(name: str, sex: str = "") -> str:
    """The pupils of a grade, or those of one sex."""
    return f"grade {name or '–'}/{sex}"


def key(kind: str, place: str, group: str = EVERYBODY) -> Key:
    """The cell of a kind of count, at a place, of a group there."""
    return Key(kind, place, group)


_PLACES = {"class": -2, "school": 0, "area": 1, ALL: 2}
_GROUPS = {"": 3, "stage": 1, "grade": 0}


def weight(one: Key) -> int:
    """How much a reader loses if a cell is hidden: totals more than their parts."""
    both_sexes = one.column.endswith("/")
    place = _PLACES[one.row.partition(" ")[0]]
    return place + _GROUPS[one.column.partition(" ")[0]] + both_sexes
