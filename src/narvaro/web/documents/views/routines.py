"""The library of the routine's documents: read, written, approved, published, compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents import routine_actions as actions
from narvaro.web.documents.paper import TYPES
from narvaro.web.documents.routine_forms import AskForm, NewForm, TextForm
from narvaro.web.documents.routine_models import Approval, RoutineDocument, RoutineVersion
from narvaro.web.documents.routine_pages import (
    compared,
    may_see_drafts,
    parts_of,
    rows_for,
    versions_for,
)
from narvaro.web.documents.routine_paper import whole_routine


@page("routines.list")
def routine_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every document of the routine: what holds, and what is in the making."""
    found = RoutineDocument.objects.visible_to(viewer, "routines.list").select_related("authority")
    context = {
        "rows": list(rows_for(viewer, list(found))),
        "may_start": viewer.may("routines.start"),
        "may_pack": viewer.may("routine.share"),
        "may_write": viewer.may("routines.write"),
        "may_list": viewer.may("documents.list"),
    }
    return render(request, "documents/routines.html", context)


@page("routines.document")
def routine(
    request: HttpRequest, viewer: Viewer, public_id: str, number: int | None = None
) -> HttpResponse:
    """One document in the version that holds, or in another; all its versions beside it."""
    found = _found(viewer, "routines.document", public_id)
    return _answer(request, viewer, found, number=number)


def _answer(
    request: HttpRequest,
    viewer: Viewer,
    found: RoutineDocument,
    *,
    number: int | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    versions = versions_for(viewer, found)
    held = [one for one in versions if number in (None, one.number)]
    published = [one for one in held if one.published_at]
    if not held:
        raise Http404
    shown = (published or held)[0]
    draft = next((one for one in versions if not one.published_at), None)
    mine = draft and draft.approvals.filter(principal=viewer.account, approved_at=None).first()
    context: dict[str, Any] = {
        "document": found,
        "shown": shown,
        "parts": parts_of(shown.text),
        "versions": versions,
        "before": next((one for one in versions if one.number < shown.number), None),
        "draft": draft,
        "approval": mine if viewer.may("routines.approve") else None,
        "ask_form": AskForm(viewer=viewer) if viewer.may("routines.ask") else None,
        "may_write": viewer.may("routines.write") and may_see_drafts(viewer, found),
        "is_approved": draft is not None and _is_approved(draft),
        "said": said,
    }
    return render(request, "documents/routine.html", context, status=status)


def _is_approved(draft: RoutineVersion) -> bool:
    asked = list(draft.approvals.all())
    return bool(asked) and all(one.approved_at for one in asked)


@page("routines.compare")
def compare(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Two versions beside each other."""
    found = _found(viewer, "routines.compare", public_id)
    versions = {str(one.number): one for one in versions_for(viewer, found)}
    before = versions.get(request.GET.get("fran", ""))
    after = versions.get(request.GET.get("till", ""))
    if before is None or after is None:
        ordered = sorted(versions.values(), key=lambda one: one.number)
        before, after = (ordered[-2:] * 2)[:2] if ordered else (None, None)
    if before is None or after is None:
        raise Http404
    context = {
        "document": found,
        "versions": list(versions.values()),
        "before": before,
        "after": after,
        "lines": compared(before.text, after.text),
    }
    return render(request, "documents/compare.html", context)


@page("routines.docx")
def docx(_request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The whole routine as one file that can be edited."""
    found = RoutineDocument.objects.visible_to(viewer, "routines.docx")
    made = whole_routine(viewer, rows_for(viewer, list(found)))
    answer = HttpResponse(made, content_type=TYPES["docx"])
    answer["Content-Disposition"] = f'attachment; filename="rutinen-{viewer.today}.docx"'
    return answer


@page("routines.start")
def start(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A new document of the routine."""
    form = NewForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.start_document(**form.cleaned_data, by=viewer, at=viewer.now)
            return redirect("routine", public_id=made.public_id)
        except Refused as refused:
            form.add_error("name", refused.message)
    return render(
        request, "documents/write.html", {"form": form}, status=422 if form.is_bound else 200
    )


@page("routines.write")
def write(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A draft: begun from what holds, gone on with, edited."""
    found = _own(viewer, "routines.write", public_id)
    form = TextForm(request.POST or None, initial=_opened(found))
    more: dict[str, Any] = {}
    if form.is_valid():
        try:
            actions.write(found, **form.cleaned_data, by=viewer, at=viewer.now)
            return redirect("routine", public_id=public_id)
        except ChangedMeanwhile:
            theirs = _opened(found)
            sent = {"text": form.cleaned_data["text"], "opened_version": theirs["opened_version"]}
            more = {"theirs": compared(str(theirs["text"]), form.cleaned_data["text"])}
            form = TextForm(sent)
        except Refused as refused:
            form.add_error("text", refused.message)
    status = 409 if more else 422 if form.is_bound else 200
    context = {"form": form, "document": found, **more}
    return render(request, "documents/write.html", context, status=status)


def _opened(found: RoutineDocument) -> dict[str, Any]:
    newest = found.versions.first()
    is_draft = newest is not None and newest.published_at is None
    return {
        "text": newest.text if newest else "",
        "opened_version": newest.version if newest and is_draft else 0,
    }


@page("routines.ask")
@require_POST
def ask(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Name the principals who are to approve."""
    found = _own(viewer, "routines.ask", public_id)
    form = AskForm(request.POST, viewer=viewer)
    named = form.cleaned_data["principals"] if form.is_valid() else ()

    def do(draft: RoutineVersion, version: int) -> None:
        actions.ask(draft, named, opened_version=version, by=viewer, at=viewer.now)

    return _done(request, viewer, found, do)


@page("routines.approve")
@require_POST
def approve(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Approve the text as it was read."""
    mine = Approval.objects.filter(principal=viewer.account, version__published_at=None)
    mine = mine.filter(version__document__authority=viewer.authority)
    found = get_object_or_404(mine.select_related("version__document"), public_id=public_id)

    def do(_draft: RoutineVersion, version: int) -> None:
        actions.approve(found, opened_version=version, by=viewer, at=viewer.now)

    return _done(request, viewer, found.version.document, do)


@page("routines.publish")
@require_POST
def publish(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Make the draft the version that holds."""
    found = _own(viewer, "routines.publish", public_id)

    def do(draft: RoutineVersion, version: int) -> None:
        actions.publish(draft, opened_version=version, by=viewer, at=viewer.now)

    return _done(request, viewer, found, do)


def _done(
    request: HttpRequest, viewer: Viewer, found: RoutineDocument, do: Callable[..., None]
) -> HttpResponse:
    """Do it to the draft as it was opened; or say why not, beside the document."""
    draft = found.versions.filter(published_at=None).first()
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else -1
    try:
        if draft is None:
            raise Refused(_("Ingen version väntar."))
        do(draft, version)
    except ChangedMeanwhile:
        said = _("Texten har ändrats sedan du öppnade sidan. Läs den igen.")
        return _answer(request, viewer, found, said=said, status=409)
    except Refused as refused:
        return _answer(request, viewer, found, said=refused.message, status=422)
    return redirect("routine", public_id=found.public_id)


def _found(viewer: Viewer, action: str, public_id: str) -> RoutineDocument:
    return get_object_or_404(
        RoutineDocument.objects.visible_to(viewer, action), public_id=public_id
    )


def _own(viewer: Viewer, action: str, public_id: str) -> RoutineDocument:
    mine = RoutineDocument.objects.visible_to(viewer, action).filter(authority=viewer.authority)
    return get_object_or_404(mine, public_id=public_id)
