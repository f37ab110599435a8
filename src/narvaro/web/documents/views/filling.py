"""A document begun, filled in while one types, previewed and signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from narvaro.errors import NotFound
from narvaro.forms import AnswerFault, Form, check, load, shown
from narvaro.web.accounts.changed import ChangedMeanwhile
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.models import Unit, opaque
from narvaro.web.accounts.restriction import may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents import actions
from narvaro.web.documents.actions import AlreadySigned, AnswersRefused
from narvaro.web.documents.facts import facts_of, language
from narvaro.web.documents.filled import answers_sent
from narvaro.web.documents.forms import StartForm
from narvaro.web.documents.known import figures_known
from narvaro.web.documents.letters import letter_shown
from narvaro.web.documents.models import Document
from narvaro.web.documents.pages import name_of_form, readers_in_words, sections_to_fill
from narvaro.web.documents.places import school_of, schools_of
from narvaro.web.documents.read_pages import sections_to_read
from narvaro.web.documents.views.finding import crumbs_of, found_for, told_the_log
from narvaro.web.documents.wording import faults_for
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.pages import name_of


@page("documents.start")
def start(request: HttpRequest, viewer: Viewer, public_id: str = "") -> HttpResponse:
    """Choose a form, about a pupil or about nobody, and begin."""
    pupil = _pupil(viewer, public_id) if public_id else None
    form = StartForm(request.POST or None, viewer=viewer, is_about_pupil=pupil is not None)
    if request.method == "POST" and form.is_valid():
        unit = school_of(pupil, viewer) if pupil else _school(viewer, form.cleaned_data)
        if unit is None:
            raise Http404
        made = actions.start(
            form.cleaned_data["form"],
            pupil=pupil,
            unit=unit,
            by=viewer,
            at=viewer.now,
            prefilled=figures_known(viewer, pupil, unit) if pupil else None,
        )
        return redirect("document_fill_in", public_id=made.public_id)
    log_reading(request, [f"pupil:{public_id}"] if pupil else [])
    context = {"form": form, "pupil": name_of(pupil) if pupil else ""}
    status = 422 if form.is_bound else 200
    return render(request, "documents/start.html", context, status=status)


def _pupil(viewer: Viewer, public_id: str) -> Pupil:
    mine = Pupil.objects.visible_to(viewer, "documents.start")
    return get_object_or_404(mine, public_id=public_id)


def _school(viewer: Viewer, given: Mapping[str, Any]) -> Unit | None:
    schools = schools_of(viewer, "documents.start")
    if len(schools) < 2:
        return schools[0] if schools else None
    return next((one for one in schools if one.public_id == given["unit"]), None)


@page("documents.fill_in")
def fill_in(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The draft; sent by itself while somebody types, and by its buttons."""
    found = _writable(viewer, "documents.fill_in", public_id)
    if away := told_the_log(request, viewer, found):
        return away
    if found.is_signed:
        return redirect("document", public_id=public_id)
    try:
        form = load(found.form_id, found.form_version)
    except NotFound:
        return _gone(request, viewer, found)
    if request.method != "POST":
        return _page(request, viewer, found, form=form, answers=found.answers)
    return _sent(request, viewer, found, form)


def _sent(request: HttpRequest, viewer: Viewer, found: Document, form: Form) -> HttpResponse:
    by_itself = bool(request.headers.get("HX-Request"))
    answers = answers_sent(form, request.POST)
    page_id = request.POST.get("page", "")[:22]
    version = _version(request, found)
    try:
        kept = actions.save(
            found,
            answers=answers,
            opened_version=version,
            by=viewer,
            at=viewer.now,
            page=page_id,
            is_by_itself=by_itself,
        )
    except ChangedMeanwhile:
        return _conflict(request, viewer, found, form=form, answers=answers)
    except AlreadySigned:
        return redirect("document", public_id=found.public_id)
    except AnswersRefused as refused:
        return _page(
            request, viewer, found, form=form, answers=answers, faults=refused.faults, status=422
        )
    if by_itself:
        return HttpResponse(render_to_string("documents/_saved.html", {"document": kept}, request))
    where = "document_sign" if request.POST.get("then") == "sign" else "documents"
    return redirect(where, *([kept.public_id] if where == "document_sign" else []))


def _conflict(
    request: HttpRequest, viewer: Viewer, found: Document, *, form: Form, answers: Mapping[str, Any]
) -> HttpResponse:
    theirs = Document.objects.select_related("saved_by").get(pk=found.pk)
    if request.headers.get("HX-Request"):
        context = {"document": theirs, "is_conflict": True}
        return HttpResponse(render_to_string("documents/_saved.html", context, request))
    whole = actions.merged(form, theirs.answers, answers, by=viewer)
    more = {"theirs": _differing(theirs, whole, viewer), "by": theirs.saved_by}
    return _page(request, viewer, theirs, form=form, answers=whole, status=409, more=more)


def _differing(
    theirs: Document, mine: Mapping[str, Any], viewer: Viewer
) -> list[tuple[str, Sequence[Any]]]:
    """The fields that differ, as the other saved them; only what the viewer reads."""
    return [
        (one.label, one.lines or [" · ".join(row) for row in one.rows])
        for section in shown(theirs.labels, theirs.answers, language())
        for one in section.answers
        if theirs.answers.get(one.id) != mine.get(one.id)
        and may_read(viewer.role, one.restriction.value)
    ]


def _page(
    request: HttpRequest,
    viewer: Viewer,
    found: Document,
    *,
    form: Form,
    answers: Mapping[str, Any],
    faults: Sequence[AnswerFault] = (),
    status: int = 200,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "document": found,
        "name": name_of_form(found),
        "about": form.about.to(language()),
        "pupil": name_of(found.pupil) if found.pupil else "",
        "sections": sections_to_fill(found, form, answers=answers, faults=faults, viewer=viewer),
        "page_id": opaque(),
        "readers": readers_in_words(found.restriction) if found.restriction != "ordinary" else "",
        "crumbs": crumbs_of(found, viewer),
        "has_faults": bool(faults),
        **(more or {}),
    }
    return render(request, "documents/fill_in.html", context, status=status)


def _gone(request: HttpRequest, viewer: Viewer, found: Document) -> HttpResponse:
    """The version of the form is not there: what was written stands, and cannot be changed."""
    context = {
        "document": found,
        "name": name_of_form(found),
        "sections": sections_to_read(found, viewer),
        "crumbs": crumbs_of(found, viewer),
    }
    return render(request, "documents/gone.html", context, status=409)


@page("documents.sign")
def sign(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The document as it will be read; then locked for ever."""
    found = _writable(viewer, "documents.sign", public_id)
    if away := told_the_log(request, viewer, found):
        return away
    if found.is_signed:
        return redirect("document", public_id=public_id)
    try:
        form = load(found.form_id, found.form_version)
    except NotFound:
        return _gone(request, viewer, found)
    faults, status, is_changed = check(form, found.answers), 200, False
    if request.method == "POST":
        try:
            version = _version(request, found)
            actions.sign(found, opened_version=version, by=viewer, at=viewer.now)
            messages.success(request, _("Dokumentet är signerat och låst."))
            return redirect("document", public_id=public_id)
        except AnswersRefused as refused:
            faults, status = refused.faults, 422
        except (ChangedMeanwhile, AlreadySigned):
            found = _writable(viewer, "documents.sign", public_id)
            faults, status, is_changed = check(form, found.answers), 409, True
    context = {
        "document": found,
        "name": name_of_form(found),
        "pupil": name_of(found.pupil) if found.pupil else "",
        "facts": facts_of(found),
        "sections": sections_to_read(found, viewer),
        "letter": letter_shown(found),
        "faults": faults_for(form, faults, viewer),
        "is_changed": is_changed,
        "crumbs": crumbs_of(found, viewer),
    }
    return render(request, "documents/sign.html", context, status=status)


def _writable(viewer: Viewer, action: str, public_id: str) -> Document:
    found = found_for(viewer, action, public_id)
    if not may_read(viewer.role, found.restriction):
        raise Http404
    return found


def _version(request: HttpRequest, found: Document) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else found.version
