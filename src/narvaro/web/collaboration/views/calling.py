"""The side of who calls: make, look at, send, undo, remind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from narvaro.programmes import collaboration_of
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.forms import Version
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.cases.routines import programme_of
from narvaro.web.cases.views.asking import ask
from narvaro.web.cases.views.finding import found_for
from narvaro.web.collaboration import actions
from narvaro.web.collaboration.forms import CallForm
from narvaro.web.collaboration.models import Call
from narvaro.web.collaboration.pages import call_page
from narvaro.web.collaboration.views.found import call_found, called_found, logged, way_to
from narvaro.web.collaboration.words import names_of


class VersionForm(forms.Form):
    """The version of what the page showed."""

    version = Version()


@page("collaboration.make")
def make(request: HttpRequest, viewer: Viewer, case_id: str) -> HttpResponse:
    """Call other authorities from a case: why, what is asked, whom, when."""
    case = found_for(viewer, "collaboration.make", case_id)
    form, days = _form(request, viewer, case)
    made: list[Call] = []

    def do(_said: dict[str, Any]) -> None:
        wanted = form.wanted(days)
        made.append(actions.make(case=case, wanted=wanted, by=viewer, at=viewer.now))

    lead = _("Ingen får veta något förrän du har sett kallelsen och skickat den.")
    title, verb = _("Kalla till möte"), _("Se kallelsen")
    answer = ask(request, viewer, case, form, do, title=title, verb=verb, lead=lead)
    return redirect("call", made[0].public_id) if made else answer


@page("collaboration.change")
def change(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Change a draft."""
    call = call_found(viewer, "collaboration.change", public_id)
    form, days = _form(request, viewer, call.case, CallForm.shown(call))

    def do(said: dict[str, Any]) -> None:
        version = said["version"] or 0
        actions.change(
            call=call, wanted=form.wanted(days), version=version, by=viewer, at=viewer.now
        )

    back = reverse("call", args=[call.public_id])
    title, verb = _("Ändra kallelsen"), _("Spara och se kallelsen")
    return ask(
        request,
        viewer,
        call.case,
        form,
        do,
        title=title,
        verb=verb,
        back=back,
        now=lambda: CallForm.shown(Call.objects.get(pk=call.pk)),
    )


def _form(
    request: HttpRequest, viewer: Viewer, case: Case, initial: dict[str, Any] | None = None
) -> tuple[CallForm, int]:
    programme = programme_of(case)
    form = CallForm(
        request.POST or None,
        viewer=viewer,
        pupil=case.pupil,
        names=names_of(programme),
        initial=initial,
    )
    return form, collaboration_of(programme).days_to_meet


@page("collaboration.call")
def call(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A call: what will be sent, or what was, who has answered, and whether the days will hold."""
    found = call_found(viewer, "collaboration.call", public_id)
    if away := logged(request, viewer, found):
        return away
    crumbs = [*way_to(found, viewer), (_("Kallelse"), "")]
    context = {"page": call_page(found, viewer), "crumbs": crumbs}
    return render(request, "collaboration/call.html", context)


@page("collaboration.send")
@require_POST
def send(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Send what was looked at; it can be undone for ten minutes."""
    found = call_found(viewer, "collaboration.send", public_id)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        actions.send(call=found, version=version, by=viewer, at=viewer.now)
    except ChangedMeanwhile:
        messages.error(request, _("Någon har ändrat kallelsen. Läs den igen innan du skickar."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("call", found.public_id)


@page("collaboration.undo")
@require_POST
def undo(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take back what has not left."""
    found = call_found(viewer, "collaboration.undo", public_id)
    try:
        actions.undo(call=found, by=viewer, at=viewer.now)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Ångrat. Ingen har fått kallelsen."))
    return redirect("call", found.public_id)


@page("collaboration.remind")
@require_POST
def remind(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Remind those who have said nothing."""
    found = call_found(viewer, "collaboration.remind", public_id)
    try:
        count = actions.remind(call=found, by=viewer, at=viewer.now)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("%(n)d påminnelse skickas.", "%(n)d påminnelser skickas.", count)
        messages.success(request, said % {"n": count})
    return redirect("call", found.public_id)


@page("collaboration.call_again")
@require_POST
def call_again(
    request: HttpRequest, viewer: Viewer, public_id: str, called_id: str
) -> HttpResponse:
    """Call a unit again that was taken out, once there is consent."""
    found = call_found(viewer, "collaboration.call_again", public_id)
    try:
        actions.call_again(called=called_found(found, called_id), by=viewer, at=viewer.now)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("call", found.public_id)
