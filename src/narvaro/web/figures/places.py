"""The units of a viewer's authority as a page of figures sees them: schools, classes, what is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from narvaro.web.accounts.models import Placement, Unit, UnitKind, on_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.ui.sorting import sort_key


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
    """A unit with its schools, or a school with its classes, on the viewer's day."""
    schools: tuple[Unit, ...] = ()
    if unit.kind == UnitKind.AUTHORITY:
        schools = _by_name(schools_of(unit))
    elif unit.kind == UnitKind.AREA:
        schools = _by_name(_under(unit, viewer).filter(kind=UnitKind.SCHOOL))
    elif unit.kind == UnitKind.SCHOOL:
        classes = _by_name(_under(unit, viewer).filter(kind=UnitKind.CLASS))
        return Place(unit, (unit,), classes)
    return Place(unit, schools)


def schools_of(unit: Unit) -> QuerySet[Unit]:
    """The schools of a unit's authority that the ledger has a key for."""
    return Unit.objects.filter(authority=unit.authority_id, kind=UnitKind.SCHOOL).exclude(key="")


def areas_of(schools: Iterable[Unit], day: date) -> Mapping[int, Unit]:
    """School → the area over it on a day, of those that have one."""
    held = Placement.objects.filter(
        on_day(day), unit__in=[one.pk for one in schools], parent__kind=UnitKind.AREA
    )
    return {one.unit_id: one.parent for one in held.select_related("parent").order_by("from_on")}


def _under(unit: Unit, viewer: Viewer) -> QuerySet[Unit]:
    return Unit.objects.filter(
        on_day(viewer.today, "placements__"), placements__parent=unit
    ).distinct()


def _by_name(units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(sorted(units, key=lambda one: sort_key(one.name)))
