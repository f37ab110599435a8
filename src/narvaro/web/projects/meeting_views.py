"""One meeting of a project: who came, what was said and decided."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.projects import meeting_actions as actions
from narvaro.web.projects.meeting_forms import ChangeForm, DecisionForm, DoneForm, NoteForm
from narvaro.web.projects.meeting_found import crumbs_of, meeting_found
from narvaro.web.projects.meeting_models import MeetingDecision, ProjectMeeting


@page("projects.meeting")
def meeting(request: HttpRequest, viewer: Viewer, public_id: str, meeting_id: str) -> HttpResponse:
    """One meeting: agenda, who was invited and came, what was said and decided."""
    found = meeting_found(viewer, public_id, meeting_id, "projects.meeting")
    context = {
        "meeting": found,
        "project": found.series.project,
        "turnouts": found.turnouts.select_related("authority"),
        "decisions": found.decisions.select_related("owner"),
        "may_write": viewer.may("projects.note_meeting"),
        "may_note": found.on <= viewer.today and not found.cancelled_because,
        "crumbs": [*crumbs_of(viewer, found.series.project), (found.series.name, "")],
    }
    return render(request, "projects/meeting.html", context)


@page("projects.change_meeting")
def change(request: HttpRequest, viewer: Viewer, public_id: str, meeting_id: str) -> HttpResponse:
    """Move a meeting, or call it off."""
    found = meeting_found(viewer, public_id, meeting_id, "projects.change_meeting")
    form = ChangeForm(request.POST or None, initial=ChangeForm.shown(found))

    def do(said: dict[str, Any]) -> None:
        actions.change_meeting(
            meeting=found, version=said.pop("version"), said=said, by=viewer, at=viewer.now
        )

    return form_page(
        request,
        form,
        do,
        title=_("Ändra mötet"),
        verb=_("Spara"),
        back=reverse("project_meeting", args=[public_id, meeting_id]),
        now=lambda: ChangeForm.shown(ProjectMeeting.objects.get(pk=found.pk)),
        crumbs=crumbs_of(viewer, found.series.project),
    )


@page("projects.note_meeting")
def note(request: HttpRequest, viewer: Viewer, public_id: str, meeting_id: str) -> HttpResponse:
    """Note how many came of each organisation and role, and what was said."""
    found = meeting_found(viewer, public_id, meeting_id, "projects.note_meeting")
    turnouts = list(found.turnouts.select_related("authority"))
    initial = {"version": found.version}
    form = NoteForm(request.POST or None, meeting=found, turnouts=turnouts, initial=initial)

    def do(said: dict[str, Any]) -> None:
        actions.note_meeting(
            meeting=found,
            counts=form.counts(),
            more=form.more(),
            words=form.words(),
            version=said["version"],
            by=viewer,
            at=viewer.now,
        )

    return form_page(
        request,
        form,
        do,
        title=_("Vilka kom, och vad sades"),
        verb=_("Spara"),
        back=reverse("project_meeting", args=[public_id, meeting_id]),
        now=lambda: NoteForm.shown(ProjectMeeting.objects.get(pk=found.pk)),
        lead=_("Räkna per organisation och roll. Skriv inga namn på elever."),
        crumbs=crumbs_of(viewer, found.series.project),
    )


@page("projects.decide")
def decide(request: HttpRequest, viewer: Viewer, public_id: str, meeting_id: str) -> HttpResponse:
    """Enter what a meeting decided."""
    found = meeting_found(viewer, public_id, meeting_id, "projects.decide")
    form = DecisionForm(request.POST or None, project=found.series.project)

    def do(said: dict[str, Any]) -> None:
        actions.decide(meeting=found, said=said, by=viewer, at=viewer.now)

    return form_page(
        request,
        form,
        do,
        title=_("Anteckna ett beslut"),
        verb=_("Spara beslutet"),
        back=reverse("project_meeting", args=[public_id, meeting_id]),
        lead=_("Skriv inga namn på elever."),
        crumbs=crumbs_of(viewer, found.series.project),
    )


@page("projects.decision_done")
@require_POST
def done(
    request: HttpRequest, viewer: Viewer, public_id: str, meeting_id: str, decision_id: str
) -> HttpResponse:
    """Say that what was decided is done; somebody else's word of it stands."""
    found = meeting_found(viewer, public_id, meeting_id, "projects.decision_done")
    decision = get_object_or_404(MeetingDecision, meeting=found, public_id=decision_id)
    form = DoneForm(request.POST)
    if not form.is_valid():
        raise Http404
    with suppress(ChangedMeanwhile):  # the page says what stands
        actions.is_done(
            decision=decision,
            on=viewer.today,
            version=form.cleaned_data["version"],
            by=viewer,
            at=viewer.now,
        )
    return redirect("project_meeting", public_id, meeting_id)
