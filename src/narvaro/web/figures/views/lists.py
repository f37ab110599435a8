"""The whole list of a school, its export, and two rules side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.figures.counted import counted
from narvaro.web.figures.exporting import file_name, list_workbook
from narvaro.web.figures.facts import tally_of
from narvaro.web.figures.filters import Filtered, filtered
from narvaro.web.figures.page_of import Asked, place_for, view_for
from narvaro.web.figures.scope import PUPILS, crumbs, unit_in_scope
from narvaro.web.figures.two_rules import compared_rules

EXPORT = "figures.export"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(PUPILS)
def whole_list(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Everybody over the limit, or another choice of the school's pupils."""
    unit = unit_in_scope(viewer, PUPILS, UnitKind.SCHOOL, public_id)
    asked = _asked(request, viewer, unit, PUPILS)
    context = {"scope": unit, "unit": unit, "crumbs": crumbs(unit, viewer, (_("Listan"), ""))}
    if asked is None:
        log_reading(request, [])
        return render(request, "figures/nothing.html", context)
    found = _filtered(request, asked)
    log_reading(request, {f"pupil:{one.pupil.public_id}" for one in found.rows})
    context |= {
        "list": found,
        "view": asked.view,
        "may_export": viewer.may(EXPORT),
        "export_url": reverse("figures_export", args=[unit.public_id]),
    }
    return render(request, "figures/list.html", context)


@page(EXPORT)
def export(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The list as it stands on the page, as a workbook; logged as an export."""
    unit = unit_in_scope(viewer, EXPORT, UnitKind.SCHOOL, public_id)
    asked = _asked(request, viewer, unit, EXPORT)
    if asked is None:
        log_reading(request, [], kind=Kind.EXPORT)
        return render(request, "figures/nothing.html", {"scope": unit, "unit": unit})
    found = _filtered(request, asked)
    log_reading(request, {f"pupil:{one.pupil.public_id}" for one in found.rows}, kind=Kind.EXPORT)
    tally = tally_of(asked.inside.now(), asked.facts.rule)
    how = counted(asked.facts, [unit.key], tally, asked.view.window)
    answer = HttpResponse(
        list_workbook(asked.facts, found.rows, how, found.hides), content_type=XLSX
    )
    answer["Content-Disposition"] = f'attachment; filename="{file_name(asked.facts)}"'
    return answer


@page("figures.two_rules")
def two_rules(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Who is on the list by the rule in force, by another rule, by both."""
    unit = unit_in_scope(viewer, "figures.two_rules", UnitKind.SCHOOL, public_id)
    asked = _asked(request, viewer, unit, "figures.two_rules")
    context = {"scope": unit, "unit": unit, "crumbs": crumbs(unit, viewer, (_("Två regler"), ""))}
    if asked is None:
        log_reading(request, [])
        return render(request, "figures/nothing.html", context)
    page_of = compared_rules(asked, request.GET)
    log_reading(request, {f"pupil:{one.pupil.public_id}" for one in page_of.named})
    return render(
        request, "figures/two_rules.html", context | {"page": page_of, "view": asked.view}
    )


def _asked(request: HttpRequest, viewer: Viewer, unit: Unit, action: str) -> Asked | None:
    view = view_for(request, viewer)
    return None if view is None else Asked(viewer, view, place_for(unit, viewer), unit, action)


def _filtered(request: HttpRequest, asked: Asked) -> Filtered:
    inside = asked.inside
    return filtered(asked.rows(inside.now(), inside.before()), request.GET)
