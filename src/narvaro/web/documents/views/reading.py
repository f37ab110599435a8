"""Documents listed and read; restricted parts opened; something added."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.restriction import may_open, may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents import actions
from narvaro.web.documents.facts import facts_of
from narvaro.web.documents.forms import AddendumForm, OpenForm
from narvaro.web.documents.letters import languages_of, letter_shown
from narvaro.web.documents.lists import listed
from narvaro.web.documents.models import Document
from narvaro.web.documents.pages import name_of_form, readers_in_words
from narvaro.web.documents.read_pages import addenda_to_read, has_closed, sections_to_read
from narvaro.web.documents.registry import place_of
from narvaro.web.documents.views.finding import crumbs_of, found_for, told_the_log
from narvaro.web.pupils.pages import name_of

LISTED = 50


@page("documents.list")
def document_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The viewer's drafts, the school's, and what was signed last. Nobody protected."""
    mine = Document.objects.named_to(viewer, "documents.list")
    mine = mine.select_related("pupil", "unit", "owner", "signed_by")
    drafts = list(mine.filter(signed_at__isnull=True).order_by("-saved_at")[:LISTED])
    signed = list(mine.filter(signed_at__isnull=False).order_by("-signed_at")[:LISTED])
    pupils = {one.pupil.public_id for one in (*drafts, *signed) if one.pupil is not None}
    log_reading(request, [f"pupil:{one}" for one in pupils])
    context = {
        "drafts": listed(drafts, viewer),
        "signed": listed(signed, viewer),
        "may_start": viewer.may("documents.start"),
        "may_write_home": viewer.may("documents.letters_to_homes"),
    }
    return render(request, "documents/list.html", context)


@page("documents.document")
def document(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A document as it is read: restricted parts closed."""
    found = found_for(viewer, "documents.document", public_id)
    if away := told_the_log(request, viewer, found):
        return away
    return _answer(request, viewer, found)


@page("documents.open")
@require_POST
def open_restricted(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The restricted parts, for their professions; for a principal with a reason."""
    found = found_for(viewer, "documents.open", public_id)
    kinds = {one["restriction"] for one in found.labels["fields"]} | {found.restriction}
    needs_reason = not all(
        may_read(viewer.role, one) for one in kinds if may_open(viewer.role, one)
    )
    form = OpenForm(request.POST if needs_reason else {"reason": "decision"})
    if not form.is_valid():
        if away := told_the_log(request, viewer, found):
            return away
        return _answer(request, viewer, found, open_form=form, status=422)
    reason = form.cleaned_data["reason"] if needs_reason else "opened"
    if away := told_the_log(request, viewer, found, reason=reason):
        return away
    return _answer(request, viewer, found, is_opened=True)


@page("documents.add")
@require_POST
def add(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Add something to a signed document."""
    found = found_for(viewer, "documents.add", public_id)
    if not may_read(viewer.role, found.restriction):
        raise Http404
    form = AddendumForm(request.POST)
    if form.is_valid():
        try:
            actions.add_addendum(found, form.cleaned_data["text"], by=viewer, at=viewer.now)
            return redirect("document", public_id=found.public_id)
        except Refused as refused:
            form.add_error("text", refused.message)
    if away := told_the_log(request, viewer, found):
        return away
    return _answer(request, viewer, found, addendum=form, status=422)


def _answer(
    request: HttpRequest,
    viewer: Viewer,
    found: Document,
    *,
    is_opened: bool = False,
    addendum: AddendumForm | None = None,
    open_form: OpenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    sections = sections_to_read(found, viewer, is_opened=is_opened)
    needs_reason = not may_read(viewer.role, "student_health")
    context: dict[str, Any] = {
        "document": found,
        "name": name_of_form(found),
        "pupil": name_of(found.pupil) if found.pupil else "",
        "facts": facts_of(found) if may_read(viewer.role, found.restriction) else (),
        "sections": sections,
        "letter": letter_shown(found),
        "may_send_home": _may_send_home(viewer, found),
        "addenda": addenda_to_read(found, viewer, is_opened=is_opened),
        "addendum": addendum or AddendumForm(),
        "open_form": (open_form or OpenForm()) if needs_reason else None,
        "may_open": has_closed(sections)
        and viewer.may("documents.open")
        and may_open(viewer.role, "student_health"),
        "is_opened": is_opened,
        "may_print": may_read(viewer.role, found.restriction) and viewer.may("documents.pdf"),
        "may_write": _may_write(viewer, found),
        "readers": readers_in_words(found.restriction) if found.restriction != "ordinary" else "",
        "crumbs": crumbs_of(found, viewer),
        "case_url": place_of(found, viewer),
    }
    return render(request, "documents/document.html", context, status=status)


def _may_send_home(viewer: Viewer, found: Document) -> bool:
    mine = Document.objects.visible_to(viewer, "documents.send_home")
    is_letter = found.is_signed and bool(languages_of(found))
    return (
        is_letter and may_read(viewer.role, found.restriction) and mine.filter(pk=found.pk).exists()
    )


def _may_write(viewer: Viewer, found: Document) -> bool:
    mine = Document.objects.visible_to(viewer, "documents.fill_in")
    return may_read(viewer.role, found.restriction) and mine.filter(pk=found.pk).exists()
