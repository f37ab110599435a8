"""Write the registers of the whole municipality: everything but lessons and marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from narvaro.demo import people, registers
from narvaro.demo.absence import Traits
from narvaro.demo.cases import Book
from narvaro.demo.days import epoch_day
from narvaro.demo.plan import OUTCOMES, PEOPLE, Plan
from narvaro.demo.registration import Staff
from narvaro.demo.roster import Roster, class_name
from narvaro.demo.schools import School
from narvaro.demo.staging import Staging

if TYPE_CHECKING:
    from narvaro.demo.registers import Row

OUTCOME_COLUMNS = {
    "pupil": "VARCHAR", "school_year": "VARCHAR", "eligible_vocational": "VARCHAR",
    "eligible_preparatory": "VARCHAR", "merit_points": "DECIMAL(5,1)", "recorded_at": "TIMESTAMPTZ",
}  # fmt: skip
_LAST_GRADE = 9


def write_registers(
    plan: Plan, staging: Staging, roster: Roster, *, staffs: Sequence[Staff], book: Book
) -> None:
    """Organisations, calendar, participations, enrolments and people."""
    schools, years = plan.schools, plan.years
    staging.append_rows(
        "organisations", registers.ORGANISATIONS, registers.organisations(schools, years[0])
    )
    for year in years:
        staging.append_rows("calendar", registers.CALENDAR, registers.calendar(schools, year))
    staging.append_rows(
        "participations", registers.PARTICIPATIONS, registers.participations(schools, years)
    )
    for year, stints in zip(years, roster.years, strict=True):
        but = book.enrolled_by_case if year == book.places.year else set()
        rows = list(registers.enrolments(stints, schools, but))
        staging.append_rows("enrolments", registers.ENROLMENTS, rows)
    _write_people(plan, staging, roster, staffs=staffs, book=book)


def _write_people(
    plan: Plan, staging: Staging, roster: Roster, *, staffs: Sequence[Staff], book: Book
) -> None:
    rng = plan.random(PEOPLE)
    protection = people.protections(rng, len(roster.birth_year), book.protections)
    staging.append("pupils", people.pupils(rng, roster.birth_year, protection))
    columns, family = people.identities(rng, roster.birth_year, book.temporary)
    staging.append("identities", columns)
    staging.append("guardians", people.guardians(rng, family, protection))
    for school, staff in zip(plan.schools, staffs, strict=True):
        numbers = range(staff.first, staff.first + len(staff) + people.OTHER_STAFF)
        rows = people.staff(
            rng, school, numbers=numbers, mentors=_mentors(roster, school, staff),
            year=plan.years[0], last_year=plan.years[-1],
        )  # fmt: skip
        staging.append_rows("staff", people.STAFF, rows)


def _mentors(roster: Roster, school: School, staff: Staff) -> dict[int, str]:
    stints = roster.years[-1].at(roster.years[-1].school == school.number)
    classes = sorted(set(zip(stints.grade.tolist(), stints.letter.tolist(), strict=True)))
    return {
        staff.first + number: class_name(*of) for number, of in enumerate(classes[: len(staff)])
    }


def write_outcomes(plan: Plan, staging: Staging, roster: Roster, traits: Traits) -> None:
    """How grade 9 ended: the more absence a pupil tends to, the fewer points."""
    for number, year in enumerate(plan.years):
        if plan.until is None or plan.until >= date(year + 1, 6, 15):
            rows = _outcomes(plan, roster, traits, number)
            staging.append_rows("outcomes", OUTCOME_COLUMNS, rows)


def _outcomes(plan: Plan, roster: Roster, traits: Traits, number: int) -> list[Row]:
    import numpy as np

    year, stints = plan.years[number], roster.years[number]
    june = epoch_day(date(year + 1, 6, 15))
    left = stints.at((stints.grade == _LAST_GRADE) & (stints.ends > june))
    luck = traits.luck[left.pupil]
    drawn = plan.random(OUTCOMES, number).normal(245 - 120 * np.exp(-6 * luck), 35)
    points = np.clip(np.round(drawn / 2.5) * 2.5, 0, 340)
    told = f"{year + 1}-06-15 10:00:00+00"
    return [
        (pupil, f"{year}/{year + 1}", _yes(point >= 130), _yes(point >= 160), point, told)
        for pupil, point in zip(registers.pupil_keys(left.pupil), points.tolist(), strict=True)
    ]


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"
