"""The tree of units on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from narvaro.web.accounts.models import Unit, UnitKind, on_day


def below(units: Iterable[Unit], *, on: date) -> tuple[Unit, ...]:
    """The units and everything that hangs under them on the day, in no order."""
    found = {one.pk: one for one in units}
    edge = list(found)
    while edge:
        placed = Unit.objects.filter(on_day(on, "placements__"), placements__parent__in=edge)
        new = {one.pk: one for one in placed if one.pk not in found}
        found |= new
        edge = list(new)
    return tuple(found.values())


def above(unit: Unit, *, on: date) -> tuple[Unit, ...]:
    """The units over one on the day, the highest first."""
    path: list[Unit] = []
    current: Unit | None = unit
    while current is not None and len(path) < 10:
        current = Unit.objects.filter(on_day(on, "children__"), children__unit=current).first()
        if current is not None:
            path.insert(0, current)
    return tuple(path)


LEVELS = (UnitKind.CLASS, UnitKind.SCHOOL, UnitKind.AREA, UnitKind.AUTHORITY)


def raised(unit: Unit, level: UnitKind, *, on: date) -> Unit:
    """The unit of a level that one belongs to; the unit itself, when it is no lower than that."""
    kind = UnitKind(unit.kind)
    if kind not in LEVELS or LEVELS.index(kind) >= LEVELS.index(level):
        return unit
    found = [one for one in above(unit, on=on) if one.kind == level]
    return found[-1] if found else unit
