"""Projects: their front page, and the notes about them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from narvaro.programmes import load, programme_ids
from narvaro.web.accounts.changed import ChangedMeanwhile
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.projects import actions
from narvaro.web.projects.forms import ProjectForm, note_form, opened_version
from narvaro.web.projects.kinds import KINDS, Noted
from narvaro.web.projects.models import Project, Record
from narvaro.web.projects.pages import parts_of, places_of, topics_of


@page("projects.list")
def project_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The projects of the viewer's authority."""
    projects = Project.objects.visible_to(viewer, "projects.list").order_by("-from_on", "name")
    context = {"projects": projects, "may_start": viewer.may("projects.start")}
    return render(request, "projects/list.html", context)


@page("projects.start")
def start(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Start a project."""
    form = ProjectForm(request.POST or None, programmes=_programmes())
    if request.method == "POST" and form.is_valid():
        made = actions.start_project(**form.cleaned_data, by=viewer, at=viewer.now)
        return redirect("project", public_id=made.public_id)
    return render(request, "projects/start.html", {"form": form}, status=_status(form))


@page("projects.project")
def project(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A project's front page: its parts, its schools, what was decided and what happened."""
    found = _project(viewer, public_id, "projects.project")
    day = viewer.today
    context: dict[str, Any] = {
        "project": found,
        "parts": parts_of(found, day),
        "places": places_of(found, day),
        "topics": topics_of(found, day),
        "phases": found.phases.all(),
        "amendments": found.amendments.filter(decided_on__lte=day),
        "assumptions": found.assumptions.all(),
        "deviations": found.deviations.filter(on__lte=day),
        "visits": found.visits.filter(on__lte=day).select_related("school"),
        "events": found.events.filter(on__lte=day).select_related("school"),
        "may_note": viewer.may("projects.add"),
    }
    return render(request, "projects/project.html", context)


@page("projects.add")
def add(request: HttpRequest, viewer: Viewer, public_id: str, kind: str) -> HttpResponse:
    """Add a note of a kind."""
    found, noted = _project(viewer, public_id, "projects.add"), _kind(kind)
    form = note_form(noted, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_note(form.save(commit=False), by=viewer, at=viewer.now)
        return redirect("project", public_id=found.public_id)
    context = {"project": found, "form": form, "kind": noted}
    return render(request, "projects/note.html", context, status=_status(form))


@page("projects.change")
def change(
    request: HttpRequest, viewer: Viewer, public_id: str, kind: str, note_id: str
) -> HttpResponse:
    """Change a note; who is second is told, and keeps the draft."""
    found, noted = _project(viewer, public_id, "projects.change"), _kind(kind)
    note = _note(noted, found, note_id)
    version = opened_version(request.POST, note)
    form = note_form(noted, found, request.POST or None, instance=note)
    context = {"project": found, "form": form, "kind": noted, "note": note, "version": version}
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_note(
                form.save(commit=False), opened_version=version, by=viewer, at=viewer.now
            )
        except ChangedMeanwhile:
            theirs = note_form(noted, found, instance=_note(noted, found, note_id))
            conflict = {"theirs": theirs, "version": _note(noted, found, note_id).version}
            return render(request, "projects/note.html", context | conflict, status=409)
        return redirect("project", public_id=found.public_id)
    return render(request, "projects/note.html", context, status=_status(form))


@page("projects.remove")
@require_POST
def remove(
    _request: HttpRequest, viewer: Viewer, public_id: str, kind: str, note_id: str
) -> HttpResponse:
    """Take a note away."""
    found = _project(viewer, public_id, "projects.remove")
    actions.remove_note(_note(_kind(kind), found, note_id), by=viewer, at=viewer.now)
    return redirect("project", public_id=found.public_id)


def _project(viewer: Viewer, public_id: str, action: str) -> Project:
    return get_object_or_404(Project.objects.visible_to(viewer, action), public_id=public_id)


def _kind(kind: str) -> Noted:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _note(kind: Noted, project: Project, note_id: str) -> Record:
    return get_object_or_404(kind.model._default_manager, project=project, public_id=note_id)


def _programmes() -> list[tuple[str, str]]:
    language = "en" if (get_language() or "").startswith("en") else "sv"
    return [(one, getattr(load(one).name, language)) for one in programme_ids()]


def _status(form: Any) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200
