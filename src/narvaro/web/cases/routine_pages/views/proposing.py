"""A proposal: looked at beside the own routine, taken into use, taken back, put aside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.models import RoutineProposal
from narvaro.web.cases.routine_pages.forms_of_sharing import AsideForm, UseForm
from narvaro.web.cases.routine_pages.proposals import package_of, page_for
from narvaro.web.documents.routine_actions import put_drafts


@page("routine.proposal")
def proposal(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What is new or otherwise in a proposal, part by part."""
    return _answer(request, viewer, _found(viewer, public_id))


@page("routine.use")
def use(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take it into use from a day to come."""
    found = _found(viewer, public_id)
    form = UseForm(request.POST or None, viewer=viewer)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return _answer(request, viewer, found, {"use_form": form}, status=status)
    try:
        actions.take_into_use(
            found, **form.cleaned_data, version=_version(request), by=viewer, at=viewer.now
        )
    except (Refused, ChangedMeanwhile) as wrong:
        form.add_error(None, _said(wrong))
        return _answer(request, viewer, found, {"use_form": form}, status=_status(wrong))
    messages.success(
        request, _("Rutinen tas i bruk den dag som står här. Det kan ångras till dess.")
    )
    return redirect("common_routine_proposal", public_id)


@page("routine.put_aside")
def put_aside(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Say no to it."""
    found = _found(viewer, public_id)
    form = AsideForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return _answer(request, viewer, found, {"aside_form": form}, status=status)
    try:
        actions.put_aside(
            found, **form.cleaned_data, version=_version(request), by=viewer, at=viewer.now
        )
    except (Refused, ChangedMeanwhile) as wrong:
        form.add_error(None, _said(wrong))
        return _answer(request, viewer, found, {"aside_form": form}, status=_status(wrong))
    messages.success(request, _("Förslaget är undanlagt."))
    return redirect("common_routine_proposal", public_id)


@page("routine.take_back")
@require_POST
def take_back(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Undo before the day."""
    found = _found(viewer, public_id)
    try:
        actions.take_back(found, version=_version(request), by=viewer, at=viewer.now)
    except (Refused, ChangedMeanwhile) as wrong:
        said = {"said": _said(wrong)}
        return _answer(request, viewer, found, said, status=_status(wrong))
    messages.success(request, _("Ångrat. Förslaget väntar igen."))
    return redirect("common_routine_proposal", public_id)


@page("routine.drafts")
@require_POST
def drafts(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Let the texts that are new or otherwise be drafts of the library, to edit and approve."""
    found = _found(viewer, public_id)
    made = put_drafts(package_of(found).texts, by=viewer, at=viewer.now)
    said = _("%(n)s utkast ligger nu under Mallar. De redigeras och godkänns där.") % {"n": made}
    messages.success(request, said)
    return redirect("common_routine_proposal", public_id)


def _answer(
    request: HttpRequest,
    viewer: Viewer,
    found: RoutineProposal,
    more: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    shown = RoutineProposal.objects.select_related("by", "in_use__by", "aside_by").get(pk=found.pk)
    begun = shown.in_use is not None and shown.in_use.from_on <= viewer.today
    context: dict[str, Any] = {
        "proposal": shown,
        "page": page_for(shown, viewer),
        "waits": shown.in_use is None and shown.aside_at is None,
        "may_use": viewer.may("routine.use"),
        "may_put_aside": viewer.may("routine.put_aside"),
        "may_take_back": viewer.may("routine.take_back") and shown.in_use is not None and not begun,
        "may_draft": viewer.may("routine.drafts"),
        "has_begun": begun,
        "crumbs": [
            (_("Rutinen"), reverse("common_routine")),
            (_("Rutiner från andra"), reverse("common_routine_proposals")),
            (_("Förslag"), ""),
        ],
    }
    context |= more or {}
    return render(request, "cases/routine/proposal.html", context, status=status)


def _found(viewer: Viewer, public_id: str) -> RoutineProposal:
    rows = RoutineProposal.objects.filter(authority=viewer.authority, at__lte=viewer.now)
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _version(request: HttpRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else -1


def _said(wrong: Refused | ChangedMeanwhile) -> str:
    changed = _("Någon annan har beslutat om förslaget sedan du öppnade sidan. Se det på nytt.")
    return changed if isinstance(wrong, ChangedMeanwhile) else wrong.message


def _status(wrong: Refused | ChangedMeanwhile) -> int:
    return 409 if isinstance(wrong, ChangedMeanwhile) else 422
