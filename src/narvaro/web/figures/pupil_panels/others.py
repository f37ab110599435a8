"""Others flagged by the same rule at the same month end, and their absence month by month.

What a pupil's absence did after a flag says nothing by itself: pupils are flagged when it is at its
highest, and then it falls without any support too (regression to the mean).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from narvaro.shares import Share, share_of
from narvaro.timetable import Month
from narvaro.web.figures.facts import Flagged

FEWEST = 5
"""Fewer pupils than this, among those the viewer does not see, are not told of."""
CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Seen:
    """The schools whose pupils the viewer sees anyway; `wholly`: every pupil of them."""

    schools: frozenset[str]
    wholly: bool


@dataclass(frozen=True, slots=True)
class Others:
    """Those to compare with: of control schools, or everybody else who was flagged."""

    pupils: Sequence[Flagged]
    is_control: bool


def others_of(
    flagged: Iterable[Flagged],
    pupil: str,
    school: str,
    arms: Mapping[str, str] | None,
    seen: Seen,
) -> Others | None:
    """Who a pupil of a school is compared with; None when they are too few to be told of.

    Of control schools where there are enough, for nothing was done there by the programme; a pupil
    of a control school, and any pupil where there are few such, beside everybody else.
    """
    rest = [one for one in flagged if one.pupil != pupil]
    control = [one for one in rest if (arms or {}).get(one.school) == CONTROL]
    if (arms or {}).get(school) != CONTROL and _are_enough(control, seen):
        return Others(control, is_control=True)
    return Others(rest, is_control=False) if _are_enough(rest, seen) else None


def share_at(others: Others, month: Month, seen: Seen) -> Share | None:
    """All the group's minutes of a month as one share, of those of whom something can be told."""
    told = [one for one in others.pupils if month in one.minutes]
    if not _are_enough(told, seen):
        return None
    return share_of(
        sum(one.minutes[month][0] for one in told), sum(one.minutes[month][1] for one in told)
    )


def _are_enough(pupils: Sequence[Flagged], seen: Seen) -> bool:
    """Those whom the viewer does not see are five or more, or none of five or more.

    Who sees four of five pupils could work out the fifth from what the five have together.
    """
    strange = sum(one.school not in seen.schools for one in pupils)
    return strange >= FEWEST or (not strange and seen.wholly and len(pupils) >= FEWEST)
