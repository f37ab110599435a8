"""A project's series of meetings: whether the rhythm is kept, who comes; started, changed, planned."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.projects import meeting_actions as actions
from narvaro.web.projects.meeting_forms import PlanForm, SeriesForm
from narvaro.web.projects.meeting_found import crumbs_of, project_found
from narvaro.web.projects.meeting_models import MeetingSeries, ProjectMeeting, SeriesKind
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
    found = project_found(viewer, public_id, "projects.meetings")
    is_told = viewer.may("projects.project")
    context = {
        "project": found,
        "series": series_pages(found, viewer.today, is_told=is_told),
        "decisions": open_decisions(found),
        "kinds": SeriesKind.choices,
        "may_write": viewer.may("projects.start_meetings"),
        "crumbs": crumbs_of(viewer, found),
    }
    return render(request, "projects/meetings.html", context)


@page("projects.start_meetings")
def start(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Start a series from the template of its kind."""
    found = project_found(viewer, public_id, "projects.start_meetings")
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
        crumbs=crumbs_of(viewer, found),
    )


@page("projects.change_meetings")
def change_series(
    request: HttpRequest, viewer: Viewer, public_id: str, series_id: str
) -> HttpResponse:
    """Change a series."""
    found = project_found(viewer, public_id, "projects.change_meetings")
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
        crumbs=crumbs_of(viewer, found),
    )


@page("projects.plan_meeting")
def plan(request: HttpRequest, viewer: Viewer, public_id: str, series_id: str) -> HttpResponse:
    """Plan a meeting of a series, or enter one that has been."""
    found = project_found(viewer, public_id, "projects.plan_meeting")
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
        crumbs=crumbs_of(viewer, found),
    )
    return redirect("project_meeting", found.public_id, made[0].public_id) if made else answer
