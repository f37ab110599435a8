"""The schools and classes a viewer's action reaches."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer


def schools(viewer: Viewer, action: str) -> QuerySet[Unit]:
    """The schools that an action reaches, by name."""
    reach = viewer.reach(action)
    return Unit.objects.filter(pk__in=reach.unit_ids, kind=UnitKind.SCHOOL).order_by("name")


def school(viewer: Viewer, action: str, public_id: str) -> Unit:
    """A school that an action reaches; anything else is not found."""
    return get_object_or_404(schools(viewer, action), public_id=public_id)


def class_of(viewer: Viewer, action: str, *, school_id: str, class_id: str) -> tuple[Unit, Unit]:
    """A class that an action reaches, and its school; anything else is not found."""
    reach = viewer.reach(action)
    place = get_object_or_404(Unit, public_id=school_id, kind=UnitKind.SCHOOL)
    found = get_object_or_404(Unit, pk__in=reach.unit_ids, kind=UnitKind.CLASS, public_id=class_id)
    if found.key.rpartition("/")[0] != place.key or found.authority_id != place.authority_id:
        raise Http404
    return place, found


def class_name(unit: Unit) -> str:
    """A class's own name: its key is its school's, a slash and the name."""
    return unit.key.rpartition("/")[2]
