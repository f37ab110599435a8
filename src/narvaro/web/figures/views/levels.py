"""Municipality, area, school and class: the same page, nearer and nearer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.levels import class_level, school_level, wide_level
from narvaro.web.figures.listing import SORTS, in_order
from narvaro.web.figures.page_of import Asked, place_for, pupil_parts, view_for
from narvaro.web.figures.places import Place, school_of
from narvaro.web.figures.scope import PUPILS, crumbs, own_authority, sees_pupils, unit_in_scope


@page("figures.municipality")
def municipality(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every school of the authority, from counts alone."""
    return _wide(request, viewer, own_authority(viewer))


@page("figures.area")
def area(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The schools of an area, from counts alone."""
    unit = unit_in_scope(viewer, "figures.area", UnitKind.AREA, public_id)
    return _wide(request, viewer, unit)


def _wide(request: HttpRequest, viewer: Viewer, unit: Unit) -> HttpResponse:
    place, view = place_for(unit, viewer), view_for(request, viewer)
    context = _frame(place, unit, viewer)
    if view is None:
        return render(request, "figures/nothing.html", context)
    context["level"] = wide_level(view, place, viewer)
    return render(request, "figures/wide.html", context)


def _frame(place: Place, unit: Unit, viewer: Viewer) -> dict[str, Any]:
    """What every level's page has round its figures."""
    missing = viewer.may("registration.view") and unit.kind == UnitKind.SCHOOL
    return {
        "scope": place,
        "crumbs": crumbs(unit, viewer),
        "unit": unit,
        "menu_key": "figures",
        "may_what_if": viewer.may("figures.what_if"),
        "missing_url": reverse("registration_school", args=[unit.public_id]) if missing else "",
    }


@page("figures.school")
def school(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A school; its pupils only for those who work with them."""
    unit = unit_in_scope(viewer, "figures.school", UnitKind.SCHOOL, public_id)
    place, view = place_for(unit, viewer), view_for(request, viewer)
    context = _frame(place, unit, viewer)
    if view is None:
        return render(request, "figures/nothing.html", context)
    if not sees_pupils(viewer, unit):
        context["level"] = school_level(view, place, viewer, None)
        return render(request, "figures/school.html", context)
    asked = Asked(viewer, view, place, unit, PUPILS)
    parts = pupil_parts(asked)
    context |= {
        "level": school_level(view, place, viewer, asked.inside),
        "parts": parts,
        "list_url": reverse("figures_list", args=[public_id]),
        "two_rules_url": reverse("figures_two_rules", args=[public_id]),
    }
    log_reading(request, parts.shown, action=PUPILS)
    return render(request, "figures/school.html", context)


@page("figures.class")
def class_(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A class and every pupil of it."""
    unit = unit_in_scope(viewer, "figures.class", UnitKind.CLASS, public_id)
    school = Unit.objects.filter(
        authority=unit.authority, kind=UnitKind.SCHOOL, key=school_of(unit.key)
    ).get()
    place, view = place_for(unit, viewer), view_for(request, viewer)
    context = _frame(place, unit, viewer)
    if view is None:
        log_reading(request, [])
        return render(request, "figures/nothing.html", context)
    asked = Asked(viewer, view, place, school, "figures.class")
    inside = asked.inside
    mine = [one for one in inside.now() if one.place.class_ == place.class_name]
    rows = asked.rows(mine, inside.before())
    parts, sort = pupil_parts(asked, class_name=place.class_name), request.GET.get("sortera", "")
    context |= {
        "level": class_level(view, place, viewer, inside),
        "parts": parts,
        "rows": in_order(rows, sort),
        "sorts": [(name, words, name == sort) for name, (words, _key) in SORTS.items()],
    }
    log_reading(request, {f"pupil:{one.pupil.public_id}" for one in rows} | parts.shown)
    return render(request, "figures/class.html", context)
