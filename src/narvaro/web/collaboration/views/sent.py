"""The side of who calls, once it is sent: take back, propose, choose the time, note an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration import actions
from narvaro.web.collaboration.calendar_replies import LARGEST, Reply, matched
from narvaro.web.collaboration.calendar_replies import read_reply as read_calendar
from narvaro.web.collaboration.forms_of_sent import (
    AnswerForm,
    CancelForm,
    ReplyForm,
    SettleForm,
    TimeForm,
)
from narvaro.web.collaboration.models import Call, Cancelled
from narvaro.web.collaboration.pages import choices_of, in_words, time_rows
from narvaro.web.collaboration.views.found import call_found, called_found, logged, way_to


@page("collaboration.cancel")
def cancel(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take a call back, with a reason."""
    found = call_found(viewer, "collaboration.cancel", public_id)
    form = CancelForm(request.POST or None)

    def do(said: dict[str, Any]) -> None:
        because = Cancelled(said["because"])
        actions.cancel(call=found, because=because, by=viewer, at=viewer.now)

    lead = _("De som är kallade får veta att de inte behöver komma.") if found.is_sent else ""
    return _asked(
        request, viewer, found, form, do, (_("Ta tillbaka kallelsen"), _("Ta tillbaka"), lead)
    )


@page("collaboration.propose")
def propose(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Propose one more time."""
    found = call_found(viewer, "collaboration.propose", public_id)
    form = TimeForm(request.POST or None, pupil=found.pupil)

    def do(_said: dict[str, Any]) -> None:
        actions.propose(call=found, time=form.wanted(), by=viewer, at=viewer.now)

    return _asked(request, viewer, found, form, do, (_("Föreslå en tid till"), _("Föreslå"), ""))


@page("collaboration.settle")
def settle(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Choose one of the times, and who leads."""
    found = call_found(viewer, "collaboration.settle", public_id)
    last = found.last_day or found.last_day_from(viewer.today)
    times = choices_of(time_rows(found, last), viewer.now)
    form = SettleForm(request.POST or None, times=times, chairs=_chairs(found))

    def do(_said: dict[str, Any]) -> None:
        proposed, chair = form.chosen()
        actions.settle(proposed=proposed, chair_unit=chair, by=viewer, at=viewer.now)

    lead = _("Alla som inte har sagt nej får tiden med mejl och som kalenderfil.")
    return _asked(request, viewer, found, form, do, (_("Bestäm tiden"), _("Bestäm tid"), lead))


def _chairs(found: Call) -> list[Unit]:
    called = [one.unit for one in found.called.filter(stopped_at=None).select_related("unit")]
    return [found.case.school, *called]


@page("collaboration.note_answer")
def note_answer(
    request: HttpRequest, viewer: Viewer, public_id: str, called_id: str
) -> HttpResponse:
    """Note what a unit has said by telephone."""
    found = call_found(viewer, "collaboration.note_answer", public_id)
    called = called_found(found, called_id)
    times = [(one, in_words(one)) for one in found.proposed.all()]
    form = AnswerForm(request.POST or None, times=times)

    def do(_said: dict[str, Any]) -> None:
        actions.note_answer(called=called, said=form.said(), by=viewer, at=viewer.now)

    words = (_("Anteckna ett svar"), _("Spara svaret"), called.unit.name)
    return _asked(request, viewer, found, form, do, words)


def _asked(
    request: HttpRequest,
    viewer: Viewer,
    found: Call,
    form: forms.Form,
    do: Any,
    words: tuple[str, str, str],
) -> HttpResponse:
    """Show a form about a call, or do what it says and go back to the call. Title, verb, lead."""
    if away := logged(request, viewer, found):
        return away
    title, verb, lead = words
    return form_page(
        request,
        form,
        do,
        title=title,
        verb=verb,
        lead=lead,
        back=reverse("call", args=[found.public_id]),
        crumbs=[*way_to(found, viewer), (title, "")],
    )


@page("collaboration.read_reply")
def read_reply(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Note an answer that came as a calendar file; anything else in the file is left unread."""
    found = call_found(viewer, "collaboration.read_reply", public_id)
    if away := logged(request, viewer, found):
        return away
    form = ReplyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            called, said = matched(found, read_reply_of(form.cleaned_data["file"]))
            actions.note_answer(called=called, said=said, by=viewer, at=viewer.now)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("call", found.public_id)
    title = _("Läs in ett kalendersvar")
    context = {"form": form, "call": found, "crumbs": [*way_to(found, viewer), (title, "")]}
    return render(request, "collaboration/reply.html", context)


def read_reply_of(file: UploadedFile[Any]) -> Reply:
    """The answer of an uploaded file; no more of it is read than an answer can be long."""
    return read_calendar(file.read(LARGEST + 1))
