"""Tasks in somebody's scope."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Task, TaskKind
from narvaro.web.pupils.models import Pupil


def tasks_of(viewer: Viewer, action: str) -> QuerySet[Task]:
    """Tasks about pupils in reach; where the action is for what one was given, one's own."""
    if not viewer.reach(action).is_self:
        return Task.objects.filter(pupil__in=Pupil.objects.visible_to(viewer, action))
    named = Pupil.objects.filter(authority=viewer.authority, is_counted_only=False)
    return Task.objects.filter(to=viewer.account, pupil__in=named.not_protected_from(viewer))


def waiting(tasks: QuerySet[Task], day: date) -> QuerySet[Task]:
    """Those made by a day that nobody has answered; a case that is watched asks on its day."""
    watched = Q(kind=TaskKind.WATCHED, due_on__gt=day)
    return tasks.filter(done_at__isnull=True, made_on__lte=day).exclude(watched)
