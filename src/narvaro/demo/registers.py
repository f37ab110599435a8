"""The registers: organisations, calendar, pupils, enrolments, groups and participations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta
from typing import TYPE_CHECKING

from narvaro.demo.days import breaks, staff_days, terms
from narvaro.demo.names import MUNICIPALITY, MUNICIPALITY_NAME
from narvaro.demo.roster import Stints, class_name
from narvaro.demo.schools import GRADES, School, Trouble
from narvaro.demo.units import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = tuple[object, ...]

ORGANISATIONS = {
    "organisation": "VARCHAR", "name": "VARCHAR", "kind": "VARCHAR", "parent": "VARCHAR",
    "starts_on": "DATE", "ends_on": "DATE",
}  # fmt: skip
CALENDAR = {
    "organisation": "VARCHAR", "from": "DATE", "to": "DATE", "kind": "VARCHAR", "name": "VARCHAR",
}  # fmt: skip
PARTICIPATIONS = {
    "programme": "VARCHAR", "school": "VARCHAR", "role": "VARCHAR", "starts_on": "DATE",
    "ends_on": "DATE",
}  # fmt: skip
_NORTH, _SOUTH, _WEST = "norra-omradet", "sodra-omradet", "vastra-omradet"
_AREAS = {_NORTH: "Norra området", _SOUTH: "Södra området", _WEST: "Västra området"}
_ONE_DAY = timedelta(days=1)


def organisations(schools: Sequence[School], first_year: int) -> list[Row]:
    """The municipality, its areas and schools; one area is dissolved after the first autumn."""
    begins, dissolved = date(first_year, 1, 1), date(first_year, 12, 31)
    rows: list[Row] = [
        (MUNICIPALITY, MUNICIPALITY_NAME, "school_authority", None, begins, None),
        *(
            (key, name, "area", MUNICIPALITY, begins, dissolved if key == _WEST else None)
            for key, name in _AREAS.items()
        ),
    ]
    for school in schools:
        area = (_NORTH, _SOUTH, _WEST)[school.number % 3]
        ends = dissolved if area == _WEST else None
        rows.append((school.key, school.name, "school_unit", area, begins, ends))
        if ends:
            moved = dissolved + _ONE_DAY
            rows.append((school.key, school.name, "school_unit", _NORTH, moved, None))
    return rows


def calendar(schools: Sequence[School], year: int) -> list[Row]:
    """Terms and breaks of the municipality, staff days of each school, one day of snow."""
    spans = (*terms(year), *breaks(year))
    rows: list[Row] = [(MUNICIPALITY, s.starts, s.ends, s.kind, s.name) for s in spans]
    rows += [
        (school.key, day, day, "staff_day", "Studiedag")
        for school in schools
        for day in staff_days(year, school.number)
    ]
    rows += [
        (school.key, day, day, "closed", "Stängt för snö")
        for school in schools
        for day in closed_days(school, year)
    ]
    return rows


def closed_days(school: School, year: int) -> tuple[date, ...]:
    """A school that snow closes one Thursday in January."""
    if not school.shows(Trouble.CLOSED_A_DAY):
        return ()
    return (date.fromisocalendar(year + 1, 4, 4),)


def participations(schools: Sequence[School], years: Sequence[int]) -> list[Row]:
    """Project and control schools; one leaves on 30 January of the last school year.

    The second programme begins in January of the last school year, beside the first.
    """
    started, second = date(years[0], 8, 1), date(years[-1] + 1, 1, 1)
    left = date(years[-1] + 1, 1, 29)
    return [
        (programme, school.key, school.arm, begins,
         left if school.shows(Trouble.LEAVES_PROGRAMME) else None)
        for programme, begins in (("boras-2016", started), ("boras-2018", second))
        for school in schools
        if school.arm
    ]  # fmt: skip


def pupil_keys(numbers: NDArray[np.int64]) -> list[str]:
    """`P000001` …"""
    return [f"P{number:06}" for number in numbers.tolist()]


def days_of(ordinals: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Days since 1970-01-01 as dates."""
    found: NDArray[np.datetime64] = ordinals.astype("datetime64[D]")
    return found


def enrolments(
    stints: Stints, schools: Sequence[School], but: Set[int] = frozenset()
) -> Iterator[Row]:
    """One row per stint, but those of the pupils in `but`."""
    starts, ends = days_of(stints.starts).tolist(), days_of(stints.ends).tolist()
    for n, pupil in enumerate(pupil_keys(stints.pupil)):
        if int(stints.pupil[n]) in but:
            continue
        grade = int(stints.grade[n])
        yield (
            pupil, schools[int(stints.school[n])].key, class_name(grade, int(stints.letter[n])),
            GRADES[grade] if grade >= 0 else "preschool", school_form(grade), starts[n], ends[n], None,
        )  # fmt: skip


ENROLMENTS = {
    "pupil": "VARCHAR", "school": "VARCHAR", "class": "VARCHAR", "grade": "VARCHAR",
    "school_form": "VARCHAR", "starts_on": "DATE", "ends_on": "DATE", "recorded_at": "TIMESTAMPTZ",
}  # fmt: skip
MEMBERSHIPS = {"pupil": "VARCHAR", "group": "VARCHAR", "starts_on": "DATE", "ends_on": "DATE"}


def school_form(grade: int) -> str:
    if grade < 0:
        return "preschool"
    return "preschool_class" if grade == 0 else "compulsory_school"


def memberships(units: Sequence[Unit], stints: Stints) -> Iterator[Row]:
    """Who belongs to which group, while at the school."""
    for unit in units:
        if unit.group:
            here = stints.at(unit.members)
            dates = zip(days_of(here.starts).tolist(), days_of(here.ends).tolist(), strict=True)
            for pupil, (starts, ends) in zip(pupil_keys(here.pupil), dates, strict=True):
                yield (pupil, unit.group, starts, ends)
