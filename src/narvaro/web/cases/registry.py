"""What apps above cases tell of a case: the flags of its pupil stand in its history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from narvaro.timetable import SchoolYear
from narvaro.web.cases.models import Case


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag of a case's pupil: the day it came in, its school year, which one of that year."""

    on: date
    year: SchoolYear
    number: int
    is_withdrawn: bool = False
    withdrawn_on: date | None = None


FlagsOf = Callable[[Case], Iterable[Flagged]]
FLAGS: list[FlagsOf] = []


def offer_flags(provider: FlagsOf) -> None:
    """Flags of a case's pupil, those of this case's time and before."""
    FLAGS.append(provider)


def flags_of(case: Case) -> list[Flagged]:
    """The pupil's flags, the oldest first."""
    return sorted((one for each in FLAGS for one in each(case)), key=lambda one: one.on)
