"""Finding the unit of an address in the viewer's scope, and the way down to it."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.tree import above
from narvaro.web.accounts.viewer import Viewer

PAGES = {
    UnitKind.AUTHORITY: ("figures.municipality", "figures_municipality"),
    UnitKind.AREA: ("figures.area", "figures_area"),
    UnitKind.SCHOOL: ("figures.school", "figures_school"),
    UnitKind.CLASS: ("figures.class", "figures_class"),
}
"""Kind of unit → the action that opens its page, and the page's address by name."""

PUPILS = "figures.school_pupils"
"""The action that lets a viewer see the pupils of a school's page."""


def unit_in_scope(viewer: Viewer, action: str, kind: UnitKind, public_id: str) -> Unit:
    """The unit of an address. Raises Http404 for one out of scope."""
    reach = viewer.reach(action)
    found = Unit.objects.filter(pk__in=reach.unit_ids, kind=kind, public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def own_authority(viewer: Viewer) -> Unit:
    """The top unit of the viewer's authority. Raises Http404 where the action reaches none."""
    reach = viewer.reach("figures.municipality")
    found = Unit.objects.filter(
        pk__in=reach.unit_ids, kind=UnitKind.AUTHORITY, authority=viewer.authority
    ).first()
    if found is None:
        raise Http404
    return found


def page_url(unit: Unit, viewer: Viewer) -> str:
    """The unit's page, or an empty text for those who may not open it."""
    action, name = PAGES.get(UnitKind(unit.kind), ("", ""))
    if not action or unit.pk not in viewer.reach(action).unit_ids:
        return ""
    return (
        reverse(name) if unit.kind == UnitKind.AUTHORITY else reverse(name, args=[unit.public_id])
    )


def crumbs(unit: Unit, viewer: Viewer, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the municipality to a unit and beyond; the last one is no link."""
    path = [(one.name, page_url(one, viewer)) for one in above(unit, on=viewer.today)]
    own = page_url(unit, viewer) if more else ""
    return [*path, (unit.name, own), *more]


def sees_pupils(viewer: Viewer, school: Unit) -> bool:
    """The viewer may see the pupils of a school by name."""
    return viewer.may(PUPILS) and school.key in viewer.reach(PUPILS).school_keys
