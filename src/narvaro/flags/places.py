"""Who belongs where on a day, for every pupil at once: what `scope` says of one, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from narvaro.engine import sql_beside
from narvaro.flags.scope import Roster
from narvaro.ledger.standing import joins
from narvaro.programmes import Programme
from narvaro.timetable import Period

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]

Name = tuple[str | None, str | None]
"""A school's key and a grade."""


@dataclass(frozen=True)
class Enrolments:
    """Enrolments as columns, the one that says where a pupil belongs before the others.

    `pupil` are the ledger's numbers; days are YYYYMMDD, both included; `school` and `grade` are
    places in `schools` and `grades`, which are in order.
    """

    pupil: Numbers
    school: Numbers
    grade: Numbers
    starts_on: Numbers
    ends_on: Numbers
    schools: tuple[str, ...]
    grades: tuple[str | None, ...]

    def overlap(self, period: Period) -> Mask:
        """Which of them hold any day of a period."""
        from_on, to_on = written(period.from_on), written(period.to_on)
        return (self.starts_on <= to_on) & (self.ends_on >= from_on)


def enrolments_of(roster: Roster) -> Enrolments:
    """Read a roster's enrolments, joined pupils under one number, newest first."""
    import numpy as np

    snapshot = roster.snapshot
    pupil, number, starts_on, ends_on, grade = snapshot.engine.columns(
        sql_beside(__file__, "places.sql"),
        tables=snapshot.tables("enrolments"),
        parameters={"known_at": roster.known_at},
    )
    joined = joins(snapshot)
    if joined:
        pupil = np.array([joined.get(one, one) for one in pupil.tolist()], dtype=np.int64)
    schools = sorted(roster.schools.values())
    place_of = {key: place for place, key in enumerate(schools)}
    known = {number: place_of[key] for number, key in roster.schools.items()}
    school = np.array([known[one] for one in number.tolist()], dtype=np.int64)
    grades, of_grade = _coded(grade)
    order = np.lexsort((school, -ends_on, -starts_on))
    return Enrolments(
        pupil=pupil[order],
        school=school[order],
        grade=of_grade[order],
        starts_on=starts_on[order],
        ends_on=ends_on[order],
        schools=tuple(schools),
        grades=grades,
    )


def _coded(texts: Any) -> tuple[tuple[str | None, ...], Numbers]:
    """The different texts in order ('' is None), and each text's place among them."""
    import numpy as np

    listed = texts.tolist()
    names = sorted(set(listed))
    place_of = {name: place for place, name in enumerate(names)}
    places = np.array([place_of[text] for text in listed], dtype=np.int64)
    return tuple(name or None for name in names), places


@dataclass(frozen=True)
class Cells:
    """The pupils in scope on a day, by school and grade.

    `cell_of` says in which of `names` each pupil lies, -1 for those out of scope; `nowhere` are
    pupils enrolled nowhere that day, of whom a programme of all grades and schools speaks as well.
    """

    names: tuple[Name, ...]
    cell_of: Numbers
    nowhere: Mask

    def with_nowhere(self, known: Mask) -> Cells:
        """The same cells and one more: those of the pupils enrolled nowhere that a window knows."""
        found = self.nowhere & known
        if not found.any():
            return self
        cell_of = self.cell_of.copy()
        cell_of[found] = len(self.names)
        return Cells((*self.names, (None, None)), cell_of, self.nowhere)

    def counts(self, columns: Any = slice(None)) -> list[int]:
        """How many of some pupils, by default of all, lie in each cell."""
        import numpy as np

        counts: list[int] = np.bincount(
            self.cell_of[columns] + 1, minlength=len(self.names) + 1
        ).tolist()
        return counts[1:]


def cells_on(
    roster: Roster, enrolments: Enrolments, programme: Programme, on: date, pupils: Numbers
) -> Cells:
    """Place pupils (in ascending order) as `scope.pupils_in_scope` does."""
    import numpy as np

    day, aged = written(on), _of_age(roster, programme, on, pupils)
    held = np.flatnonzero((enrolments.starts_on <= day) & (enrolments.ends_on >= day))
    within, is_open = _within(roster, enrolments, programme, on, held)
    place = np.full(len(pupils), -1, dtype=np.int64)
    code = enrolments.school * len(enrolments.grades) + enrolments.grade
    column = np.searchsorted(pupils, enrolments.pupil[within])
    place[column[::-1]] = code[within][::-1]  # of several, the first is written last
    place[~aged] = -1
    nowhere = aged & is_open
    nowhere[np.searchsorted(pupils, enrolments.pupil[held])] = False
    found, cell_of = np.unique(place, return_inverse=True)
    outside = int(len(found) > 0 and found[0] == -1)
    names = (divmod(number, len(enrolments.grades)) for number in found[outside:].tolist())
    named = tuple((enrolments.schools[school], enrolments.grades[grade]) for school, grade in names)
    return Cells(named, cell_of.reshape(-1) - outside, nowhere)


def _within(
    roster: Roster, enrolments: Enrolments, programme: Programme, on: date, held: Numbers
) -> tuple[Numbers, bool]:
    """Of the enrolments held on a day, those a programme speaks of, project schools first.

    And whether it speaks of pupils enrolled nowhere too.
    """
    import numpy as np

    has_grade = np.array(
        [programme.has_grade(grade, on) for grade in enrolments.grades], dtype=bool
    )
    within = held[has_grade[enrolments.grade[held]]] if len(held) else held
    participations = () if programme.scope.schools == "all" else roster.participations
    arms = programme.schools_taking_part(participations, on)
    if arms is None:
        return within, programme.grades_in_scope(on) is None
    arm = np.array(
        [
            ("project", "control").index(arms[key]) if key in arms else -1
            for key in enrolments.schools
        ]
    )[enrolments.school[within]]
    within, arm = within[arm >= 0], arm[arm >= 0]
    return within[np.argsort(arm, kind="stable")], False


def _of_age(roster: Roster, programme: Programme, on: date, pupils: Numbers) -> Mask:
    import numpy as np

    born = programme.birth_dates_in_scope(on)
    if born is None:
        return np.ones(len(pupils), dtype=np.bool_)
    dates = map(roster.birth_dates.get, pupils.tolist())
    return np.array([day is not None and born.holds(day) for day in dates], dtype=np.bool_)


def written(day: date) -> int:
    """The day as arrays hold it: YYYYMMDD."""
    return day.year * 10000 + day.month * 100 + day.day
