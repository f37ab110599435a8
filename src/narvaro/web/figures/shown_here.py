"""What the page of a unit may show, and what units are called among the counts decided together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.joint import ShownAt, names, shown_at, tree_of
from narvaro.web.figures.places import Place, class_of
from narvaro.web.figures.windows import View


def shown_here(view: View, place: Place, viewer: Viewer, *, is_open: bool) -> ShownAt:
    """What the page of a place may show. `is_open`: the viewer sees the pupils themselves."""
    tree, window = tree_of(place.unit.authority, viewer.today), view.window
    return replace(shown_at(view.facts, window, tree, name_of(place.unit)), is_open=is_open)


def name_of(unit: Unit) -> str:
    """What a unit is called among the counts that are decided together."""
    if unit.kind == UnitKind.AUTHORITY:
        return names.ALL
    if unit.kind == UnitKind.AREA:
        return names.area(unit.public_id)
    return names.school(unit.key) if unit.kind == UnitKind.SCHOOL else names.class_unit(unit.key)


def names_of_parts(place: Place) -> Mapping[str, str]:
    """The names of the parts → what they are called among the counts."""
    if place.unit.kind == UnitKind.SCHOOL:
        return {class_of(one.key): name_of(one) for one in place.classes}
    return {one.name: name_of(one) for one in place.schools}
