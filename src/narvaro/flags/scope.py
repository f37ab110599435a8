"""Who a programme speaks of: grade, age and school on the window's last day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from narvaro.ledger import Snapshot
from narvaro.ledger.standing import Enrolment, enrolments, joins, key_of, standing
from narvaro.programmes import Arm, Participation, Programme


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pupil in scope belongs on the day: school, class and grade, and the school's arm.

    `arm` is None where all schools take part; all is None for a pupil enrolled nowhere.
    """

    school: str | None = None
    class_: str | None = None
    grade: str | None = None
    arm: Arm | None = None


@dataclass(frozen=True)
class Roster:
    """Enrolments, birth dates and participations as known at a time.

    `judged` keeps what was judged already, so that a month end is worked out once.
    """

    snapshot: Snapshot
    known_at: datetime
    judged: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def enrolments(self) -> Mapping[int, Sequence[Enrolment]]:
        """Every pupil's enrolments."""
        found: defaultdict[int, list[Enrolment]] = defaultdict(list)
        for one in enrolments(self.snapshot, self.known_at):
            found[one.pupil].append(one)
        return found

    @cached_property
    def birth_dates(self) -> Mapping[int, date | None]:
        """Every pupil's birth date, where it was delivered."""
        joined = joins(self.snapshot)
        rows = standing(self.snapshot, "pupils", self.known_at)
        return {joined.get(row["pupil"], row["pupil"]): row["birth_date"] for row in rows}

    @cached_property
    def participations(self) -> Sequence[Participation]:
        """Which schools take part in what, and when."""
        schools = self.schools
        return [
            Participation(
                row["programme"],
                schools[row["school"]],
                row["role"],
                row["starts_on"],
                row["ends_on"],
            )
            for row in standing(self.snapshot, "participations", self.known_at)
        ]

    @cached_property
    def schools(self) -> Mapping[int, str]:
        """The key of every school number."""
        return key_of(self.snapshot, "school")


def pupils_in_scope(
    roster: Roster, programme: Programme, on: date, pupils: Iterable[int]
) -> dict[int, Place]:
    """Return the pupils a programme speaks of on a day, and where each belongs.

    A programme of some grades or schools speaks of pupils enrolled there on the day only.
    """
    grades = programme.grades_in_scope(on)
    arms = programme.schools_taking_part(roster.participations, on)
    found: dict[int, Place] = {}
    for pupil in pupils:
        if not programme.scope.has_age(roster.birth_dates.get(pupil), on):
            continue
        held = [one for one in roster.enrolments.get(pupil, ()) if one.holds(on)]
        within = [
            one
            for one in held
            if programme.has_grade(one.grade, on)
            and (arms is None or roster.schools[one.school] in arms)
        ]
        if within:
            found[pupil] = _place(roster, min(within, key=_first_of(roster, arms)), arms)
        elif not held and grades is None and arms is None:
            found[pupil] = Place()
    return found


def _place(roster: Roster, one: Enrolment, arms: Mapping[str, Arm] | None) -> Place:
    school = roster.schools[one.school]
    return Place(school, one.class_, one.grade, arms[school] if arms else None)


def _first_of(
    roster: Roster, arms: Mapping[str, Arm] | None
) -> Callable[[Enrolment], tuple[bool, int, int, str]]:
    """Of several places: a project school before a control school, then the newest enrolment."""

    def order(one: Enrolment) -> tuple[bool, int, int, str]:
        school = roster.schools[one.school]
        is_control = arms is not None and arms[school] == "control"
        return is_control, -one.starts_on.toordinal(), -one.ends_on.toordinal(), school

    return order
