"""The pupil's page, on the screen and on paper, and its school years."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.figures.pupil_panels.panels import school_year_panel, years
from narvaro.web.overview.pupil_page.pages import pupil_page
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.opening import reason_given

PRINTED = "utskrift"
"""The purpose that the log keeps of a reading on paper."""


@page("pupils.pupil")
def pupil(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What happened, what we know, what we will do."""
    found = _found(viewer, "pupils.pupil", public_id)
    reason = reason_given(request, viewer, found)
    if reason is None:
        return redirect("pupils_open", public_id=public_id)
    log_reading(request, [f"pupil:{public_id}"], reason=reason)
    return _answer(request, viewer, found)


@page("pupils.pupil")
def on_paper(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The same page, made for paper; a reading with its own purpose."""
    found = _found(viewer, "pupils.pupil", public_id)
    if reason_given(request, viewer, found) is None:
        return redirect("pupils_open", public_id=public_id)
    log_reading(request, [f"pupil:{public_id}"], kind=Kind.PRINT, reason=PRINTED)
    return _answer(request, viewer, found, is_paper=True)


@page("pupils.pupil")
def school_year(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The whole school year's calendar, also on a narrow screen."""
    found = _found(viewer, "pupils.pupil", public_id)
    reason = reason_given(request, viewer, found)
    if reason is None:
        return redirect("pupils_open", public_id=public_id)
    log_reading(request, [f"pupil:{public_id}"], reason=reason)
    panels = list(school_year_panel(viewer, found))
    return _answer(request, viewer, found, panels=panels)


@page("pupils.history")
def history(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Every school year, for those entitled to history."""
    found = _found(viewer, "pupils.history", public_id)
    reason = reason_given(request, viewer, found)
    if reason is None:
        return redirect("pupils_open", public_id=public_id)
    log_reading(request, [f"pupil:{public_id}"], reason=reason)
    return _answer(request, viewer, found, panels=list(years(viewer, found)))


def _found(viewer: Viewer, action: str, public_id: str) -> Pupil:
    found = Pupil.objects.visible_to(viewer, action).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _answer(
    request: HttpRequest,
    viewer: Viewer,
    found: Pupil,
    *,
    is_paper: bool = False,
    panels: object = None,
) -> HttpResponse:
    made = pupil_page(viewer, found)
    context = {
        "page": made,
        "scope": made.class_unit,
        "crumbs": made.crumbs,
        "is_paper": is_paper,
        "panels": panels,
    }
    template = "overview/pupil_part.html" if panels is not None else "overview/pupil.html"
    return render(request, template, context)
