"""A meeting of authorities, on the side that called: its page, and what is noted on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.programmes import collaboration_of
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.cases.routines import programme_of
from narvaro.web.collaboration.meetings import actions
from narvaro.web.collaboration.meetings.forms import (
    DecisionForm,
    HoldForm,
    MinutesForm,
    PresentForm,
    VersionForm,
)
from narvaro.web.collaboration.meetings.pages import meeting_page, units_at
from narvaro.web.collaboration.meetings.paper import minutes_pdf
from narvaro.web.collaboration.models import CrossMeeting, Decision, Minutes
from narvaro.web.collaboration.views.found import logged, way_to

PDF = "application/pdf"


def found_for(viewer: Viewer, action: str, public_id: str) -> CrossMeeting:
    """A meeting of a call in reach."""
    mine = CrossMeeting.objects.visible_to(viewer, action)
    linked = mine.select_related(
        "call__pupil", "call__case__pupil", "call__case__school__authority", "chair_unit", "held_by"
    )
    return get_object_or_404(linked, public_id=public_id)


@page("joint_meetings.meeting")
def meeting(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The meeting: its points before, what was said and decided after."""
    found = found_for(viewer, "joint_meetings.meeting", public_id)
    if away := logged(request, viewer, found.call):
        return away
    context = {
        "page": meeting_page(found, viewer),
        "crumbs": _way(found, viewer),
        "may_sign": viewer.may("deviations.sign"),
        "today": viewer.today,
    }
    return render(request, "collaboration/meeting.html", context)


@page("joint_meetings.pdf")
def pdf(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The minutes on paper."""
    found = found_for(viewer, "joint_meetings.pdf", public_id)
    if away := logged(request, viewer, found.call):
        return away
    log_reading(request, [f"pupil:{found.call.pupil.public_id}"], kind=Kind.PRINT)
    answer = HttpResponse(minutes_pdf(meeting_page(found, viewer), viewer), content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="anteckningar-{found.day}.pdf"'
    return answer


@page("joint_meetings.note_present")
def note_present(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Note who came."""
    found = found_for(viewer, "joint_meetings.note_present", public_id)
    noted = list(found.present.all())
    form = PresentForm(request.POST or None, called=actions.units_called(found), noted=noted)

    def do(_said: dict[str, Any]) -> None:
        actions.note_present(meeting=found, came=form.came(), by=viewer, at=viewer.now)

    return _asked(request, viewer, found, form, do, (_("Vilka som kom"), _("Spara"), ""))


@page("joint_meetings.write")
def write(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Write the minutes."""
    found = found_for(viewer, "joint_meetings.write", public_id)
    form = MinutesForm(request.POST or None, initial=_stands(found))

    def do(said: dict[str, Any]) -> None:
        version = said["version"]
        written = form.written()
        actions.write(meeting=found, said=written, version=version, by=viewer, at=viewer.now)

    lead = _("Skolans anteckningar. Det som ska till andra lämnas ut för sig, med en grund.")
    words = (_("Anteckningar"), _("Spara anteckningarna"), lead)
    return _asked(request, viewer, found, form, do, words, now=lambda: _stands(found))


def _stands(found: CrossMeeting) -> dict[str, Any]:
    there = Minutes.objects.filter(meeting=found).first()
    if there is None:
        return {"version": 0}
    names = ("pupil_words", "home_words", "talked_of", "version")
    return {name: getattr(there, name) for name in names}


@page("joint_meetings.decide")
def decide(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Note what was decided: what, who, when."""
    found = found_for(viewer, "joint_meetings.decide", public_id)
    form = DecisionForm(request.POST or None, units=units_at(found))

    def do(said: dict[str, Any]) -> None:
        more = {"words": said["words"], "owner": said["owner"], "due_on": said["due_on"]}
        actions.decide(meeting=found, by=viewer, at=viewer.now, **more)

    lead = _(
        "Verksamheten ser i sin lista att något ska göras och när, och orden om de är utlämnade."
    )
    return _asked(request, viewer, found, form, do, (_("Nytt beslut"), _("Spara beslutet"), lead))


@page("joint_meetings.take_back")
@require_POST
def take_back(request: HttpRequest, viewer: Viewer, public_id: str, decision: str) -> HttpResponse:
    """Take a decision away before the minutes are locked."""
    found = found_for(viewer, "joint_meetings.take_back", public_id)
    row = _decision(found, decision)
    _try(
        request,
        lambda version: actions.take_back(decision=row, version=version, by=viewer, at=viewer.now),
        _("Beslutet är borttaget."),
    )
    return redirect("joint_meeting", found.public_id)


@page("joint_meetings.hold")
def hold(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """End the meeting, with the day it is followed up."""
    found = found_for(viewer, "joint_meetings.hold", public_id)
    after = collaboration_of(programme_of(found.call.case)).followup_days
    usual = {"follow_up_on": found.day + timedelta(days=after), "version": found.version}
    form = HoldForm(request.POST or None, initial=usual)

    def do(said: dict[str, Any]) -> None:
        on, version = said["follow_up_on"], said["version"]
        actions.hold(meeting=found, follow_up_on=on, version=version, by=viewer, at=viewer.now)

    words = (_("Avsluta mötet"), _("Avsluta mötet"), "")
    again = lambda: {"version": CrossMeeting.objects.get(pk=found.pk).version}  # noqa: E731
    return _asked(request, viewer, found, form, do, words, now=again)


@page("joint_meetings.lock")
@require_POST
def lock(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Lock the minutes."""
    found = found_for(viewer, "joint_meetings.lock", public_id)
    _try(
        request,
        lambda version: actions.lock(meeting=found, version=version, by=viewer, at=viewer.now),
        _("Anteckningarna är låsta."),
    )
    return redirect("joint_meeting", found.public_id)


@page("joint_meetings.done")
@require_POST
def done(request: HttpRequest, viewer: Viewer, public_id: str, decision: str) -> HttpResponse:
    """Note that a decision is done."""
    found = found_for(viewer, "joint_meetings.done", public_id)
    row = _decision(found, decision)
    _try(
        request,
        lambda version: actions.mark_done(decision=row, version=version, by=viewer, at=viewer.now),
        _("Markerat som gjort."),
    )
    return redirect("joint_meeting", found.public_id)


def _decision(found: CrossMeeting, public_id: str) -> Decision:
    row = get_object_or_404(found.decisions.all(), public_id=public_id)
    row.meeting = found
    return row


def _try(request: HttpRequest, do: Any, said: str) -> None:
    """Do what a button says with the version its page showed, and tell how it went."""
    form = VersionForm(request.POST)
    try:
        do(form.cleaned_data["version"] if form.is_valid() else 0)
    except Refused as refused:
        messages.warning(request, str(refused))
    except ChangedMeanwhile:
        messages.warning(request, _("Någon annan hann ändra. Läs hur det står nu."))
    else:
        messages.success(request, said)


def _way(found: CrossMeeting, viewer: Viewer) -> list[tuple[str, str]]:
    call = found.call
    here = reverse("call", args=[call.public_id])
    return [*way_to(call, viewer), (_("Kallelse"), here), (_("Möte"), "")]


def _asked(
    request: HttpRequest,
    viewer: Viewer,
    found: CrossMeeting,
    form: forms.Form,
    do: Any,
    words: tuple[str, str, str],
    *,
    now: Any = None,
) -> HttpResponse:
    """Show a form about the meeting, or do what it says and go back to it. Title, verb, lead."""
    if away := logged(request, viewer, found.call):
        return away
    title, verb, lead = words
    return form_page(
        request,
        form,
        do,
        title=title,
        verb=verb,
        lead=lead,
        now=now,
        back=reverse("joint_meeting", args=[found.public_id]),
        crumbs=[*_way(found, viewer)[:-1], (title, "")],
    )
