"""The units of a viewer's authority as a page of figures sees them: schools, classes, what is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.tree import below
from narvaro.web.accounts.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, and what stands under it on the day: schools and classes, by name."""

    unit: Unit
    schools: tuple[Unit, ...]
    classes: tuple[Unit, ...] = ()

    @property
    def school_keys(self) -> frozenset[str]:
        """The keys of its schools in the ledger; of a class, its school's."""
        if self.unit.kind == UnitKind.CLASS:
            return frozenset({school_of(self.unit.key)})
        return frozenset(one.key for one in self.schools)

    @property
    def class_name(self) -> str:
        """A class's name in the ledger; empty for other units."""
        return class_of(self.unit.key) if self.unit.kind == UnitKind.CLASS else ""


def school_of(class_key: str) -> str:
    """A class unit's key is its school's, a slash and its name."""
    return class_key.partition("/")[0]


def class_of(class_key: str) -> str:
    """The class's own name."""
    return class_key.partition("/")[2]


def place_of(unit: Unit, viewer: Viewer) -> Place:
    """A unit with its schools and classes on the viewer's day."""
    found = below([unit], on=viewer.today)
    return Place(unit, _of(found, UnitKind.SCHOOL), _of(found, UnitKind.CLASS))


def _of(units: Iterable[Unit], kind: UnitKind) -> tuple[Unit, ...]:
    return tuple(sorted((one for one in units if one.kind == kind), key=lambda one: one.name))
