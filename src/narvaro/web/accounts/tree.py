"""The tree of units on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from narvaro.web.accounts.models import Unit, on_day


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
