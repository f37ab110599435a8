"""Who came, who told, who stayed away without a word. Pure: nothing is asked of the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a place that somebody was asked to fill."""

    PRESENT = "present"
    SUBSTITUTE = "substitute"  # somebody came instead
    TOLD = "told"  # said no beforehand, and nobody came instead
    NO_SHOW = "no_show"  # did not come, and had not said so
    NOT_NOTED = "not_noted"


CAME = (Outcome.PRESENT, Outcome.SUBSTITUTE)


@dataclass(frozen=True, slots=True)
class Said:
    """One who was asked: what was said before, and whether they were there."""

    key: int
    declined: bool
    was_present: bool | None
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Places of some consultations, and how many came to each other."""

    places: int = 0
    came: int = 0
    told: int = 0
    no_shows: int = 0
    held: int = 0
    empty: int = 0

    @property
    def share(self) -> tuple[int, int] | None:
        """Those who came of those asked; None when nobody was."""
        return (self.came, self.places) if self.places else None


def outcomes(asked: Sequence[Said]) -> list[Outcome]:
    """One outcome for each place: a substitute fills the place of whom they stand in for."""
    instead = {one.instead_of: one for one in asked if one.instead_of is not None}
    return [_of_place(one, instead) for one in asked if one.instead_of is None]


def _of_place(first: Said, instead: Mapping[int, Said]) -> Outcome:
    last = first
    while last.key in instead:
        last = instead[last.key]
    if first.was_present:  # came after all, whoever was to come instead
        return Outcome.PRESENT
    if last.was_present is None:
        return Outcome.NOT_NOTED
    if last.was_present:
        return Outcome.SUBSTITUTE
    return Outcome.TOLD if last.declined else Outcome.NO_SHOW


def counted(consultations: Iterable[Sequence[Said]]) -> Counts:
    """The counts of consultations that were held, those asked to each."""
    seen: Counter[Outcome] = Counter()
    held = empty = 0
    for asked in consultations:
        found = outcomes(asked)
        seen.update(found)
        held += 1
        empty += not any(one in CAME for one in found)
    came = sum(seen[one] for one in CAME)
    told, no_shows = seen[Outcome.TOLD], seen[Outcome.NO_SHOW]
    return Counts(came + told + no_shows, came, told, no_shows, held, empty)
