"""Who came onto the list this month and who left it, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from narvaro.shares import Share
from narvaro.timetable import Window
from narvaro.web.figures.facts.facts import Facts
from narvaro.web.figures.facts.standing import Standing


class Why(StrEnum):
    """What made the difference between last month's list as it was told and this month's."""

    MORE_ABSENCE = "more_absence"
    CAN_BE_TOLD_NOW = "can_be_told_now"
    CORRECTED = "corrected"
    FROM_ANOTHER_SCHOOL = "from_another_school"
    PRESENT_AGAIN = "present_again"
    CANNOT_BE_TOLD = "cannot_be_told"
    TO_ANOTHER_SCHOOL = "to_another_school"


WORDS = {
    Why.MORE_ABSENCE: _("Mer frånvaro"),
    Why.CAN_BE_TOLD_NOW: _("Kan bedömas nu"),
    Why.CORRECTED: _("Rättade uppgifter"),
    Why.FROM_ANOTHER_SCHOOL: _("Kom från en annan skola"),
    Why.PRESENT_AGAIN: _("Närvarar igen"),
    Why.CANNOT_BE_TOLD: _("Kan inte bedömas nu"),
    Why.TO_ANOTHER_SCHOOL: _("Går inte på skolan längre"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """A pupil onto the list (`is_in`) or off it. `now` is None for who left the school."""

    pupil: str
    is_in: bool
    why: Why
    now: Standing | None
    before: Standing | None

    @property
    def class_(self) -> str:
        """The class, or the last one known at the school."""
        one = self.now or self.before
        return (one.place.class_ if one else None) or ""

    @property
    def share(self) -> Share | None:
        """The pupil's share now."""
        return self.now.share if self.now else None

    @property
    def share_before(self) -> Share | None:
        """The pupil's share as it was told last month."""
        return self.before.share if self.before else None


@dataclass(frozen=True, slots=True)
class Lists:
    """A school's pupils now, and last month as it was told then and as it is known now."""

    now: Mapping[str, Standing]
    told: Mapping[str, Standing]
    known: Mapping[str, Standing]
    flagged_elsewhere_before: frozenset[str]


def lists_of(facts: Facts, school: str, window: Window) -> Lists:
    """The three lists of a school."""
    before = facts.at(facts.month.plus(-1))
    told = before.as_told()
    return Lists(
        _by_pupil(facts.standings(school, window)),
        _by_pupil(told.standings(school, window)),
        _by_pupil(before.standings(school, window)),
        told.judging(window=window).flagged(told.month),
    )


def moves_of(lists: Lists) -> list[Move]:
    """Everybody who came onto a school's list or left it; in first, the largest share first."""
    found = [
        Move(key, is_in, why, lists.now.get(key), lists.told.get(key))
        for key in {*lists.now, *lists.told}
        for is_in, why in [_change(lists, key)]
        if why is not None
    ]
    return sorted(found, key=_in_order)


def _change(lists: Lists, key: str) -> tuple[bool, Why | None]:
    now, told = lists.now.get(key), lists.told.get(key)
    is_on, was_on = now is not None and now.is_flagged, told is not None and told.is_flagged
    if is_on == was_on:
        return is_on, None
    return is_on, _came(lists, key) if is_on else _left(lists, key)


def _came(lists: Lists, key: str) -> Why:
    told, known = lists.told.get(key), lists.known.get(key)
    if told is None and key in lists.flagged_elsewhere_before:
        return Why.FROM_ANOTHER_SCHOOL
    if known is not None and known.is_flagged:
        return Why.CORRECTED
    if told is not None and not told.is_assessed:
        return Why.CAN_BE_TOLD_NOW
    return Why.MORE_ABSENCE


def _left(lists: Lists, key: str) -> Why:
    now, known = lists.now.get(key), lists.known.get(key)
    if now is None:
        return Why.TO_ANOTHER_SCHOOL
    if known is None or not known.is_flagged:
        return Why.CORRECTED
    return Why.PRESENT_AGAIN if now.is_assessed else Why.CANNOT_BE_TOLD


def _by_pupil(standings: tuple[Standing, ...]) -> dict[str, Standing]:
    return {one.pupil: one for one in standings}


def _in_order(move: Move) -> tuple[bool, float, str]:
    one = move.now or move.before
    return not move.is_in, -float(one.exact) if one else 0.0, move.pupil


def moves_counted(facts: Facts, window: Window) -> Mapping[str, tuple[int, int]]:
    """School → how many came onto its list this month, and how many left it."""

    def make() -> list[tuple[str, int, int]]:
        found = []
        for school in facts.judging(window=window).schools(facts.month):
            moves = moves_of(lists_of(facts, school, window))
            came = sum(one.is_in for one in moves)
            found.append((school, came, len(moves) - came))
        return found

    return facts.opened.shelf.get(
        f"moves|{facts.judging(window=window).name}|{facts.month}",
        make,
        lambda plain: {school: (came, left) for school, came, left in plain},
    )
