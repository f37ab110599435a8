"""What an address of a project's meetings names, in the viewer's scope, and the way back."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.projects.meeting_models import ProjectMeeting
from narvaro.web.projects.models import Project


def project_found(viewer: Viewer, public_id: str, action: str) -> Project:
    """A project that the viewer's authority takes part in."""
    return get_object_or_404(Project.objects.visible_to(viewer, action), public_id=public_id)


def meeting_found(viewer: Viewer, public_id: str, meeting_id: str, action: str) -> ProjectMeeting:
    """A meeting of that very project."""
    project = project_found(viewer, public_id, action)
    mine = ProjectMeeting.objects.filter(series__project=project)
    return get_object_or_404(mine.select_related("series__project"), public_id=meeting_id)


def crumbs_of(viewer: Viewer, project: Project) -> list[tuple[str, str]]:
    """The way back; who takes part and may not read the project comes from the list of meetings."""
    here = (_("Möten"), reverse("project_meetings", args=[project.public_id]))
    if viewer.may("projects.project"):
        over = (project.name, reverse("project", args=[project.public_id]))
        return [(_("Projekt"), reverse("projects")), over, here]
    return [(_("Projektmöten"), reverse("all_project_meetings")), here]
