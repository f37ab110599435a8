"""Pupils counted: how many in each band, how many on the list, and their minutes together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from narvaro.programmes import Rule
from narvaro.shares import Share, reaches, share_of
from narvaro.web.figures.facts.standing import CANNOT_TELL, Standing

MINUTES = ("scheduled", "acknowledged", "valid", "invalid", "unclassified", "other", "leave")
_COLUMNS = tuple(f"{name}_minutes" for name in MINUTES)


@dataclass(frozen=True, slots=True)
class Tally:
    """Some pupils at one month end under one rule. `bands` are four and cannot tell.

    `certain` and `likely` are the flagged ones; `at_most` are those who would be flagged if
    every lesson not acknowledged held absence. `minutes` stand in the order of `MINUTES`;
    `lessons` are the pupils' lessons and those of them acknowledged.
    """

    bands: tuple[int, ...] = (0, 0, 0, 0, 0)
    assessed: int = 0
    certain: int = 0
    likely: int = 0
    at_most: int = 0
    minutes: tuple[int, ...] = (0,) * len(MINUTES)
    lessons: tuple[int, int] = (0, 0)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            _added(self.bands, other.bands),
            self.assessed + other.assessed,
            self.certain + other.certain,
            self.likely + other.likely,
            self.at_most + other.at_most,
            _added(self.minutes, other.minutes),
            (self.lessons[0] + other.lessons[0], self.lessons[1] + other.lessons[1]),
        )

    @property
    def pupils(self) -> int:
        """Everybody."""
        return sum(self.bands)

    @property
    def flagged(self) -> int:
        """Those on the list."""
        return self.certain + self.likely

    @property
    def cannot_tell(self) -> int:
        """Those of whom nothing can be told under the rule."""
        return self.pupils - self.assessed

    @property
    def share(self) -> Share | None:
        """Those on the list, of those who could be assessed."""
        return share_of(self.flagged, self.assessed)

    def fair_share(self, rule: Rule) -> Share | None:
        """The share, where so much is acknowledged that those assessed stand for the others.

        Below the rule's floor only the certain can be assessed, and they are mostly the flagged.
        """
        return self.share if reaches(self.coverage, rule.coverage_floor) else None

    @property
    def coverage(self) -> Share | None:
        """Acknowledged of scheduled pupil minutes."""
        return share_of(self.minutes[1], self.minutes[0])

    @property
    def lesson_coverage(self) -> Share | None:
        """Acknowledged of the pupils' lessons."""
        return share_of(self.lessons[1], self.lessons[0])

    @property
    def absent(self) -> int:
        """Valid, invalid and unclassified minutes: all of it counts."""
        return sum(self.minutes[2:5])

    @property
    def absence(self) -> Share | None:
        """Absent of acknowledged minutes, of all of them together."""
        return share_of(self.absent, self.minutes[1])

    def as_plain(self) -> list[Any]:
        """The tally as JSON holds it."""
        return [self.bands, self.assessed, self.certain, self.likely, self.at_most, self.minutes,
                self.lessons]  # fmt: skip


def tally_of(standings: Iterable[Standing], rule: Rule) -> Tally:
    """Count some pupils."""
    bands, minutes, lessons = [0] * (CANNOT_TELL + 1), [0] * len(MINUTES), [0, 0]
    assessed = certain = likely = at_most = 0
    for one in standings:
        bands[one.band(rule)] += 1
        assessed += one.is_assessed
        certain += one.is_flagged and one.judgement.certainty == "certain"
        likely += one.is_flagged and one.judgement.certainty != "certain"
        at_most += one.may_be_flagged
        for place, name in enumerate(_COLUMNS):
            minutes[place] += getattr(one.absence, name)
        lessons[0] += one.absence.lessons
        lessons[1] += one.absence.acknowledged_lessons
    return Tally(
        tuple(bands), assessed, certain, likely, at_most, tuple(minutes), (lessons[0], lessons[1])
    )


def tally_from(plain: Sequence[Any]) -> Tally:
    """A tally from what `as_plain` kept."""
    bands, assessed, certain, likely, at_most, minutes, lessons = plain
    return Tally(
        tuple(bands), assessed, certain, likely, at_most, tuple(minutes), (lessons[0], lessons[1])
    )


def together(tallies: Iterable[Tally]) -> Tally:
    """The sum of some tallies."""
    return sum(tallies, Tally())


def _added(one: Sequence[int], other: Sequence[int]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))
