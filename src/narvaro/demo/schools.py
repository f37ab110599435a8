"""The invented schools: which grades they have, and what is wrong with each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from narvaro.demo.names import MOST_SCHOOLS, plain, school_name
from narvaro.errors import BadRequest

GRADES = ("F", "1", "2", "3", "4", "5", "6", "7", "8", "9")
"""Grades in order; the position in this list is the grade's number in this package."""
PRESCHOOL = -1
FEWEST_SCHOOLS = 6
_PUPILS_A_SCHOOL = 50


class Trouble(Enum):
    """What a school shows; the problems of the programmes are named P1, P2 …"""

    NO_REGISTRATION_AT_FIRST = "P1"
    TIMETABLE_IN_FEBRUARY = "P2"
    UNUSABLE_MONTHS = "P3"
    MORE_FLAGGED_THAN_HANDS = "P4"
    LEAVES_PROGRAMME = "P12"
    SUMMARIES_FIRST = "paper"
    ACKNOWLEDGES_LESSONS = "lesson"
    LEAVES_UNCLASSIFIED = "unclassified"
    CLOSED_A_DAY = "closed"


@dataclass(frozen=True, slots=True)
class School:
    """One school unit; grades are numbers, F is 0."""

    number: int
    key: str
    name: str
    lowest: int
    highest: int
    arm: str  # project, control or nothing
    troubles: frozenset[Trouble]

    def has(self, grade: int) -> bool:
        return self.lowest <= grade <= self.highest

    def shows(self, trouble: Trouble) -> bool:
        return trouble in self.troubles


_F9, _F6, _F3, _79 = (0, 9), (0, 6), (0, 3), (7, 9)
_PLANS: tuple[tuple[tuple[int, int], str, tuple[Trouble, ...]], ...] = (
    (_F9, "project", ()),
    (_F6, "project", (Trouble.TIMETABLE_IN_FEBRUARY,)),
    (_F6, "control", (Trouble.NO_REGISTRATION_AT_FIRST,)),
    (_79, "project", (Trouble.UNUSABLE_MONTHS, Trouble.LEAVES_UNCLASSIFIED)),
    (_F3, "project", (Trouble.LEAVES_PROGRAMME, Trouble.ACKNOWLEDGES_LESSONS)),
    (_F6, "", (Trouble.SUMMARIES_FIRST, Trouble.CLOSED_A_DAY)),
    (_79, "project", ()),
    (_F6, "project", ()),
    (_F3, "control", ()),
    (_F9, "control", ()),
    (_F3, "", ()),
    (_79, "", (Trouble.MORE_FLAGGED_THAN_HANDS,)),
)


def plan_schools(schools: int, *, pupils: int) -> tuple[School, ...]:
    """The first `schools` schools, fewer when that would leave less than 50 pupils a school.

    The first six together show every problem but P4. Raises BadRequest outside 6 to 270.
    """
    if not FEWEST_SCHOOLS <= schools <= MOST_SCHOOLS:
        raise BadRequest(
            f"The invented municipality has {FEWEST_SCHOOLS} to {MOST_SCHOOLS} schools.",
            remedy=f"Ask for a number in between; {schools} is outside.",
        )
    count = max(FEWEST_SCHOOLS, min(schools, pupils // _PUPILS_A_SCHOOL))
    return tuple(_school(number) for number in range(count))


def _school(number: int) -> School:
    name = school_name(number)
    grades, arm, troubles = _PLANS[number % len(_PLANS)]
    if number >= len(_PLANS):
        arm, troubles = "", ()
    return School(number, plain(name), name, *grades, arm, frozenset(troubles))
