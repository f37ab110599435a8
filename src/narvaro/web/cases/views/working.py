"""A step taken over, and its documents begun."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.errors import NotFound
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.known import known_of
from narvaro.web.cases.models import EvidenceKind, Step
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.views.finding import found_for, sent_version, step_for
from narvaro.web.documents import actions as documents
from narvaro.web.pupils.opening import reason_given


@page("cases.write")
@require_POST
def write(
    request: HttpRequest, viewer: Viewer, public_id: str, step_id: str, form_id: str
) -> HttpResponse:
    """Begin a document of a step, with everything that is known standing in it."""
    found = found_for(viewer, "cases.write", public_id)
    step = step_for(found, step_id)
    if form_id not in _forms(step):
        raise Http404
    if reason_given(request, viewer, found.pupil) is None:
        return redirect("pupils_open", public_id=found.pupil.public_id)
    if not (found.is_open and step.is_open):
        messages.error(request, _("Steget är redan avslutat. Inget dokument har påbörjats."))
        return redirect("case", public_id=public_id)
    try:
        made = documents.start(
            form_id,
            pupil=found.pupil,
            unit=found.school,
            by=viewer,
            at=viewer.now,
            prefilled=known_of(viewer, found),
        )
    except NotFound:
        messages.error(
            request, _("Blanketten finns inte här. Systemansvarig kan lägga tillbaka den.")
        )
        return redirect("case", public_id=public_id)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("case", public_id=public_id)
    actions.add_evidence(
        step, kind=EvidenceKind.FORM, item=made.public_id, name=form_id, by=viewer, at=viewer.now
    )
    return redirect("document_fill_in", public_id=made.public_id)


@page("cases.take_step")
@require_POST
def take_step(request: HttpRequest, viewer: Viewer, public_id: str, step_id: str) -> HttpResponse:
    """Take over a step oneself."""
    found = found_for(viewer, "cases.take_step", public_id)
    step = step_for(found, step_id)
    try:
        version = sent_version(request, step.version)
        actions.take_step(step, version=version, by=viewer, at=viewer.now)
    except Refused as refused:
        messages.error(request, refused.message)
    except ChangedMeanwhile:
        messages.error(request, _("Någon annan hann före. Så här ser det ut nu."))
    else:
        messages.success(request, _("Steget är ditt."))
    return redirect("case", public_id=public_id)


def _forms(step: Step) -> set[str]:
    known = step_of(programme_of(step.case), step.step)
    if known is None:
        return set()
    return {*known.forms, *(one.name for one in known.evidence if one.kind == "form")}
