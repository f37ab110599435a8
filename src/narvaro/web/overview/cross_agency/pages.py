"""The counters of the annual report, beside how many pupils were flagged in the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.web.accounts.models import Authority
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.counts import Counted, Half, OfUnit, counts_of, half_of
from narvaro.web.inbox.models import Flag

HALVES = 4
"""How many half-years stand beside one another: two school years."""
FEWEST_PUPILS = 5
"""Fewer pupils than this are not told as a number."""


@dataclass(frozen=True, slots=True)
class HalfRow:
    """A half-year: what was counted, and how many pupils were flagged; None: too few to say."""

    name: str
    counted: Counted
    flagged: int | None
    is_flagged: bool

    @property
    def ratio(self) -> str:
        """Meetings to pupils flagged, as people say it; empty when it cannot be said."""
        if self.flagged is None or not self.is_flagged:
            return ""
        said = {"meetings": self.counted.meetings, "pupils": self.flagged}
        words = ngettext(
            "%(meetings)d möte på %(pupils)d elever",
            "%(meetings)d möten på %(pupils)d elever",
            self.counted.meetings,
        )
        return words % said


@dataclass(frozen=True, slots=True)
class CrossAgencyPage:
    """The page: half-years, the latest first, and each unit of other authorities."""

    halves: Sequence[HalfRow]
    units: Sequence[OfUnit]

    @property
    def is_empty(self) -> bool:
        """Nobody has called to a meeting."""
        return not any(one.counted.calls or one.counted.held for one in self.halves)


def cross_agency_page(authority: Authority, viewer: Viewer) -> CrossAgencyPage:
    """Count everything of the authority until the viewer's day."""
    counts = counts_of(authority, viewer.today)
    flagged = _flagged(authority, viewer)
    rows = []
    for half in _halves(half_of(viewer.today)):
        pupils = len(flagged[half])
        few = 0 < pupils < FEWEST_PUPILS
        counted = counts.halves.get(half, Counted())
        rows.append(HalfRow(_name(half), counted, None if few else pupils, pupils > 0))
    return CrossAgencyPage(rows, counts.units)


def _flagged(authority: Authority, viewer: Viewer) -> dict[Half, set[int]]:
    """The pupils with a flag that stands, by the half-year it came in."""
    found: dict[Half, set[int]] = defaultdict(set)
    flags = Flag.objects.filter(
        authority=authority,
        taken_on__lte=viewer.today,
        withdrawn_at=None,
        is_for_evaluation_only=False,
    )
    for pupil, day in flags.values_list("pupil", "taken_on"):
        found[half_of(day)].add(pupil)
    return found


def _halves(last: Half) -> list[Half]:
    found = [last]
    while len(found) < HALVES:
        year, half = found[-1]
        found.append((year, 1) if half == 2 else (year - 1, 2))
    return found


def _name(half: Half) -> str:
    said = _("ht %(year)d") if half[1] == 2 else _("vt %(year)d")
    return said % {"year": half[0]}
