"""A project's meetings: whether the rhythm is kept, who comes, what was decided."""

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
from narvaro.web.projects.meeting_forms import (
    ChangeForm,
    DecisionForm,
    DoneForm,
    NoteForm,
    PlanForm,
    SeriesForm,
)
from narvaro.web.projects.meeting_models import (
    MeetingDecision,
    MeetingSeries,
    ProjectMeeting,
    SeriesKind,
)
from narvaro.web.projects.meeting_pages import open_decisions, series_pages
from narvaro.web.projects.models import Project


@page("projects.all_meetings")
def all_meetings(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The projects that the viewer's authority takes part in, to come to their meetings."""
    mine = Project.objects.visible_to(viewer, "projects.all_meetings")
    context = {"projects": mine.order_by("-from_on", "name")}
    return render(request, "projects/all_meetings.html", context)


@page("projects.meetings")
def meetings(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Every series: its rhythm and whether it is kept, who comes, and its meetings."""
    found = _project(viewer, public_id, "projects.meetings")
    is_told = viewer.may("projects.project")
    context = {
        "project": found,
        "series": series_pages(found, viewer.today, is_told=is_told),
        "decisions": open_decisions(found),
        "kinds": SeriesKind.choices,
        "may_write": viewer.may("projects.start_meetings"),
        "crumbs": _crumbs(viewer, found),
    }
    return render(request, "projects/meetings.html", context)


@page("projects.start_meetings")
def start(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Start a series from the template of its kind."""
    found = _project(viewer, public_id, "projects.start_meetings")
    chosen = request.GET.get("slag", SeriesKind.PROJECT_GROUP.value)
    if chosen not in SeriesKind.values:
        raise Http404
    initial = SeriesForm.usual(SeriesKind(chosen), found)
    form = SeriesForm(request.POST or None, initial=initial)

    def do(said: dict[str, Any]) -> None:
        said.pop("version")
        actions.start_meetings(project=found, said=said, by=viewer, at=viewer.now)

    return form_page(
        request,
        form,
        do,
        title=_("Nya möten i projektet"),
        verb=_("Lägg till"),
        back=reverse("project_meetings", args=[found.public_id]),
        lead=_("Mallen säger hur ofta och vad som gås igenom. Ändra så att det stämmer hos er."),
        crumbs=_crumbs(viewer, found),
    )


@page("projects.change_meetings")
def change_series(
    request: HttpRequest, viewer: Viewer, public_id: str, series_id: str
) -> HttpResponse:
    """Change a series."""
    found = _project(viewer, public_id, "projects.change_meetings")
    series = get_object_or_404(MeetingSeries, project=found, public_id=series_id)
    form = SeriesForm(request.POST or None, initial=SeriesForm.shown(series))

    def do(said: dict[str, Any]) -> None:
        version = said.pop("version") or 0
        actions.change_meetings(series=series, said=said, version=version, by=viewer, at=viewer.now)

    return form_page(
        request,
        form,
        do,
        title=_("Ändra mötena"),
        verb=_("Spara"),
        back=reverse("project_meetings", args=[found.public_id]),
        now=lambda: SeriesForm.shown(MeetingSeries.objects.get(pk=series.pk)),
        crumbs=_crumbs(viewer, found),
    )


@page("projects.plan_meeting")
def plan(request: HttpRequest, viewer: Viewer, public_id: str, series_id: str) -> HttpResponse:
    """Plan a meeting of a series, or enter one that has been."""
    found = _project(viewer, public_id, "projects.plan_meeting")
    series = get_object_or_404(MeetingSeries, project=found, public_id=series_id)
    form = PlanForm(request.POST or None, initial={"agenda": series.agenda})
    made: list[ProjectMeeting] = []

    def do(said: dict[str, Any]) -> None:
        made.append(actions.plan_meeting(series=series, said=said, by=viewer, at=viewer.now))

    answer = form_page(
        request,
        form,
        do,
        title=_("Planera ett möte"),
        verb=_("Planera"),
        back=reverse("project_meetings", args=[found.public_id]),
        lead=_("%(name)s. De som var inbjudna förra gången är det nu också.")
        % {"name": series.name},
        crumbs=_crumbs(viewer, found),
    )
    return redirect("project_meeting", found.public_id, made[0].public_id) if made else answer


@page("projects.meeting")
def meeting(request: HttpRequest, viewer: Viewer, public_id: str, meeting_id: str) -> HttpResponse:
    """One meeting: agenda, who was invited and came, what was said and decided."""
    found = _meeting(viewer, public_id, meeting_id, "projects.meeting")
    context = {
        "meeting": found,
        "project": found.series.project,
        "turnouts": found.turnouts.select_related("authority"),
        "decisions": found.decisions.select_related("owner"),
        "may_write": viewer.may("projects.note_meeting"),
        "may_note": found.on <= viewer.today and not found.cancelled_because,
        "crumbs": [*_crumbs(viewer, found.series.project), (found.series.name, "")],
    }
    return render(request, "projects/meeting.html", context)


@page("projects.change_meeting")
def change(request: HttpRequest, viewer: Viewer, public_id: str, meeting_id: str) -> HttpResponse:
    """Move a meeting, or call it off."""
    found = _meeting(viewer, public_id, meeting_id, "projects.change_meeting")
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
        crumbs=_crumbs(viewer, found.series.project),
    )


@page("projects.note_meeting")
def note(request: HttpRequest, viewer: Viewer, public_id: str, meeting_id: str) -> HttpResponse:
    """Note how many came of each organisation and role, and what was said."""
    found = _meeting(viewer, public_id, meeting_id, "projects.note_meeting")
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
        crumbs=_crumbs(viewer, found.series.project),
    )


@page("projects.decide")
def decide(request: HttpRequest, viewer: Viewer, public_id: str, meeting_id: str) -> HttpResponse:
    """Enter what a meeting decided."""
    found = _meeting(viewer, public_id, meeting_id, "projects.decide")
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
        crumbs=_crumbs(viewer, found.series.project),
    )


@page("projects.decision_done")
@require_POST
def done(
    request: HttpRequest, viewer: Viewer, public_id: str, meeting_id: str, decision_id: str
) -> HttpResponse:
    """Say that what was decided is done; somebody else's word of it stands."""
    found = _meeting(viewer, public_id, meeting_id, "projects.decision_done")
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


def _project(viewer: Viewer, public_id: str, action: str) -> Project:
    return get_object_or_404(Project.objects.visible_to(viewer, action), public_id=public_id)


def _meeting(viewer: Viewer, public_id: str, meeting_id: str, action: str) -> ProjectMeeting:
    project = _project(viewer, public_id, action)
    mine = ProjectMeeting.objects.filter(series__project=project)
    return get_object_or_404(mine.select_related("series__project"), public_id=meeting_id)


def _crumbs(viewer: Viewer, project: Project) -> list[tuple[str, str]]:
    """The way back; who takes part and may not read the project comes from the list of meetings."""
    here = (_("Möten"), reverse("project_meetings", args=[project.public_id]))
    if viewer.may("projects.project"):
        over = (project.name, reverse("project", args=[project.public_id]))
        return [(_("Projekt"), reverse("projects")), over, here]
    return [(_("Projektmöten"), reverse("all_project_meetings")), here]
