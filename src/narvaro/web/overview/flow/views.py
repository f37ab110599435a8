"""How the routine runs at a school, in an area, in the municipality."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.timetable import SchoolYear
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.tree import above
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.scope import unit_in_scope
from narvaro.web.overview.flow.closer import cause_lines, end_rows
from narvaro.web.overview.flow.gathering import Flow, flow_of, still_in
from narvaro.web.overview.flow.pages import flow_page, late_rows, schools_of

YEARS = 3
"""How many school years can be chosen."""
AT_START = "start"
"""`?skolor=start`: the schools that the project began with."""


@page("flow.municipality")
def municipality(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every school in the programme, from counts alone."""
    reach = viewer.reach("flow.municipality")
    unit = Unit.objects.filter(pk__in=reach.unit_ids, kind=UnitKind.AUTHORITY).first()
    if unit is None:
        raise Http404
    return _answer(request, viewer, unit)


@page("flow.area")
def area(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The schools of an area, from counts alone."""
    return _answer(request, viewer, unit_in_scope(viewer, "flow.area", UnitKind.AREA, public_id))


@page("flow.school")
def school(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A school; which steps are late only for those who lead it."""
    unit = unit_in_scope(viewer, "flow.school", UnitKind.SCHOOL, public_id)
    return _answer(request, viewer, unit)


def _answer(request: HttpRequest, viewer: Viewer, unit: Unit) -> HttpResponse:
    year = year_asked(request, viewer)
    flow = flow_of(viewer, year, as_started=request.GET.get("skolor") == AT_START)
    is_inside = unit.pk in viewer.reach("flow.late").unit_ids
    context = _frame(viewer, unit) | {
        "page": flow_page(flow, unit, viewer, is_inside=is_inside),
        "years": _years(viewer, flow),
        "sets": _sets(flow, unit),
    }
    if is_inside or unit.kind == UnitKind.AUTHORITY:
        context |= {
            "shows_closer": True,
            "causes": cause_lines(still_in(flow), unit),
            "ends": end_rows(still_in(flow), unit, is_inside=is_inside),
        }
    if is_inside:
        context["late"] = late_rows(flow, unit, viewer)
        shown = {f"pupil:{one.pupil.public_id}" for one in context["late"]}
        log_reading(request, shown, action="flow.late")
    return render(request, "overview/flow/flow.html", context)


def year_asked(request: HttpRequest, viewer: Viewer) -> SchoolYear:
    """The school year of the address, `?lasar=2026`; the viewer's own when none or a strange one is."""
    now = SchoolYear.holding(viewer.today)
    asked = request.GET.get("lasar", "")
    known = {str(now.begins - n): SchoolYear(now.begins - n) for n in range(YEARS)}
    return known.get(asked, now)


def _years(viewer: Viewer, flow: Flow) -> list[tuple[str, str, bool]]:
    now = SchoolYear.holding(viewer.today)
    every = [SchoolYear(now.begins - n) for n in range(YEARS)]
    return [(str(one), _address(one, flow.is_as_started), one == flow.year) for one in every]


def _sets(flow: Flow, unit: Unit) -> list[tuple[str, str, bool, int]]:
    """The schools counted, as a choice; none where they are the same at the start and now."""
    if flow.beside is None:
        return []
    names = {False: _("Medan de deltar"), True: _("Som projektet började")}
    return [
        (
            names[one.is_as_started],
            _address(flow.year, one.is_as_started),
            one is flow,
            len(schools_of(one, unit) & one.schools.keys()),
        )
        for one in sorted((flow, flow.beside), key=lambda one: one.is_as_started)
    ]


def _address(year: SchoolYear, is_as_started: bool) -> str:
    return f"?lasar={year.begins}" + (f"&skolor={AT_START}" if is_as_started else "")


def _frame(viewer: Viewer, unit: Unit) -> dict[str, Any]:
    way = [(one.name, flow_url(one, viewer)) for one in above(unit, on=viewer.today)]
    return {
        "scope": None,
        "unit": unit,
        "menu_key": "flow",
        "time_url": _time_url(viewer, unit),
        "crumbs": [*way, (unit.name, ""), (_("Så går rutinen"), "")],
    }


def _time_url(viewer: Viewer, unit: Unit) -> str:
    """How long the school's cases waited, for those who may see it."""
    if unit.kind != UnitKind.SCHOOL or unit.pk not in viewer.reach("inspector.school").unit_ids:
        return ""
    return reverse("inspector_school", args=[unit.public_id])


def flow_url(unit: Unit, viewer: Viewer) -> str:
    """The page of a unit, or an empty text for those who may not open it."""
    action, name = PAGES.get(UnitKind(unit.kind), ("", ""))
    if not action or unit.pk not in viewer.reach(action).unit_ids:
        return ""
    return (
        reverse(name) if unit.kind == UnitKind.AUTHORITY else reverse(name, args=[unit.public_id])
    )


PAGES = {
    UnitKind.AUTHORITY: ("flow.municipality", "flow_municipality"),
    UnitKind.AREA: ("flow.area", "flow_area"),
    UnitKind.SCHOOL: ("flow.school", "flow_school"),
}
