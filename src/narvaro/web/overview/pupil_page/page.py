"""Frozen values of the pupil's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.registry import PUPIL_PANELS, Panel, Part


@dataclass(frozen=True, slots=True)
class PupilPage:
    """The page: the name to show, and the panels of each part in order."""

    pupil: Pupil
    name: str
    parts: Sequence[tuple[Part, Sequence[Panel]]]


def pupil_page(viewer: Viewer, pupil: Pupil) -> PupilPage:
    """Gather what the apps offer about a pupil; parts without panels are left out."""
    parts: dict[Part, list[Panel]] = {part: [] for part in Part}
    for part, _, provider in PUPIL_PANELS:
        parts[part] += provider(viewer, pupil)
    return PupilPage(pupil, name_of(pupil), [one for one in parts.items() if one[1]])
