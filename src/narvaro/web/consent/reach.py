"""Whose consents somebody works with: their pupils', or those of the cases they were given."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.pupils.models import Pupil, Pupils

PupilsOf = Callable[[Viewer], Iterable[int]]
ASSIGNED: list[PupilsOf] = []


def offer_assigned(provider: PupilsOf) -> None:
    """The database ids of the pupils whose open case a viewer works in, from outside the school."""
    ASSIGNED.append(provider)


def pupils_of(viewer: Viewer, action: str) -> Pupils:
    """The pupils whose consents the viewer may do the action to, today."""
    reach = viewer.reach(action)
    if reach.is_self:
        given = Pupil.objects.filter(pk__in=_assigned_to(viewer), authority=viewer.authority)
        return given.filter(is_counted_only=False).not_protected_from(viewer)
    return Pupil.objects.visible_to(viewer, action)


def _assigned_to(viewer: Viewer) -> set[int]:
    return {pupil for provider in ASSIGNED for pupil in provider(viewer)}
