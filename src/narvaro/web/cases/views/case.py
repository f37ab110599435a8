"""The page of a case, and the decisions made on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.deciding_form import DecideForm, ways_of
from narvaro.web.cases.models import Case, Step
from narvaro.web.cases.pages import case_page, may_decide
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.views.finding import found_for, step_for, told_the_log
from narvaro.web.cases.words import decided_in_words, name_of_step


@page("cases.case")
def case(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Where the case is, whose turn it is and by when."""
    found = found_for(viewer, "cases.case", public_id)
    return case_answer(request, viewer, found)


@page("cases.decide")
@require_POST
def decide(request: HttpRequest, viewer: Viewer, public_id: str, step_id: str) -> HttpResponse:
    """End a step with a decision; the second of two is told, with what both wrote."""
    found = found_for(viewer, "cases.decide", public_id)
    step = step_for(found, step_id)
    is_theirs = may_decide(step, viewer)
    if not (is_theirs or found.owner_id == viewer.account.pk):
        raise Http404
    programme = programme_of(found)
    known = step_of(programme, step.step)
    if known is None or not step.is_open or not is_theirs:  # taken over while they wrote
        return _second(request, viewer, found, step)
    form = DecideForm(request.POST, step=step, ways=ways_of(step, programme, known, viewer))
    if not form.is_valid():
        return case_answer(request, viewer, found, form=form, status=422)
    try:
        version = form.cleaned_data["version"]
        actions.decide(step, form.decided(), version=version, by=viewer, at=viewer.now)
    except Refused as refused:
        form.add_error(None, refused.message)
        return case_answer(request, viewer, found, form=form, status=422)
    except ChangedMeanwhile:
        return _second(request, viewer, found_for(viewer, "cases.decide", public_id), step)
    messages.success(request, _("Beslutet är sparat."))
    return redirect("case", public_id=found.public_id)


def _second(request: HttpRequest, viewer: Viewer, found: Case, step: Step) -> HttpResponse:
    """Somebody decided, took over or closed first: theirs and one's own, and nothing is lost."""
    now = step_for(found, step.public_id)
    programme = programme_of(found)
    more = {
        "second": {
            "step": name_of_step(programme, now.step),
            "is_decided": not now.is_open,
            "is_gone": step_of(programme, now.step) is None,
            "theirs": decided_in_words(programme, now) if not now.is_open else "",
            "now": now,
            "reason": request.POST.get("reason", "")[:2_000],
        }
    }
    form = _again(request, viewer, found, now)
    return case_answer(request, viewer, found, form=form, status=409, more=more)


def _again(request: HttpRequest, viewer: Viewer, found: Case, step: Step) -> DecideForm | None:
    """The draft on the step as it stands now, while it is still open."""
    programme = programme_of(found)
    known = step_of(programme, step.step)
    if known is None or not step.is_open or not found.is_open:
        return None
    draft = {**request.POST.dict(), "version": str(step.version)}
    return DecideForm(draft, step=step, ways=ways_of(step, programme, known, viewer))


def case_answer(
    request: HttpRequest,
    viewer: Viewer,
    found: Case,
    *,
    form: DecideForm | None = None,
    status: int = 200,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of a case, once the log has been told."""
    if away := told_the_log(request, viewer, found):
        return away
    made = case_page(found, viewer, bound=form)
    context = {"page": made, "scope": found.school, "crumbs": made.crumbs, **(more or {})}
    return render(request, "cases/case.html", context, status=status)
