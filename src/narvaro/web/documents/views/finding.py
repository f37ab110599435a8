"""The document of an address, in scope, and what the log is told of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import log_reading
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.documents.models import Document
from narvaro.web.documents.pages import name_of_form
from narvaro.web.documents.registry import place_of
from narvaro.web.pupils.opening import reason_given
from narvaro.web.pupils.pages import name_of


def found_for(viewer: Viewer, action: str, public_id: str) -> Document:
    """The document, or not found."""
    documents = Document.objects.visible_to(viewer, action).select_related(
        "pupil", "unit", "owner", "signed_by", "saved_by"
    )
    return get_object_or_404(documents, public_id=public_id)


def told_the_log(
    request: HttpRequest,
    viewer: Viewer,
    document: Document,
    *,
    kind: Kind = Kind.READ,
    reason: str = "",
) -> HttpResponse | None:
    """Log the reading. A protected pupil is first opened with a reason: then the way there."""
    subjects = [f"document:{document.public_id}"]
    if document.pupil is not None:
        asked = reason_given(request, viewer, document.pupil)
        if asked is None:
            return redirect("pupils_open", public_id=document.pupil.public_id)
        reason = reason or asked
        subjects.append(f"pupil:{document.pupil.public_id}")
    log_reading(request, subjects, kind=kind, reason=reason)
    return None


def crumbs_of(document: Document, viewer: Viewer) -> list[tuple[str, str]]:
    """The way back: the pupil and the case it was written in, or the documents."""
    last = (name_of_form(document), "")
    if document.pupil is not None and viewer.may("pupils.pupil"):
        page = reverse("pupil", args=[document.pupil.public_id])
        case = place_of(document, viewer)
        return [(name_of(document.pupil), page), *([(_("Ärende"), case)] if case else []), last]
    return [(_("Dokument"), reverse("documents")), last]
