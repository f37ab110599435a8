"""Where the pupil has gone to school, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.pupil_panels.fetching import Stay


@dataclass(frozen=True, slots=True)
class Place:
    """A stay in words."""

    school: str
    class_: str
    grade: str
    from_on: date
    to_on: date | None


def named(viewer: Viewer, stays: Sequence[Stay]) -> list[Place]:
    keys = {one.school for one in stays}
    units = Unit.objects.filter(authority=viewer.authority, kind=UnitKind.SCHOOL, key__in=keys)
    names = dict(units.values_list("key", "name"))
    return [
        Place(names.get(one.school, one.school), one.class_, one.grade, one.from_on, one.to_on)
        for one in stays
    ]


def moves_of(stays: Sequence[Stay]) -> int:
    """How many times the pupil has changed school."""
    return sum(a.school != b.school for a, b in pairwise(stays))
