"""Make the whole municipality: rosters first, then lessons and marks school by school."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.demo import people, registers
from narvaro.demo.absence import traits_of
from narvaro.demo.days import open_days, utc_minute
from narvaro.demo.manifest import Manifest
from narvaro.demo.names import MUNICIPALITY
from narvaro.demo.registration import Staff, staff_of
from narvaro.demo.roster import Roster, class_count, class_name, enrol
from narvaro.demo.school_year import SchoolYear, write_school_year
from narvaro.demo.schools import School, plan_schools
from narvaro.demo.staging import Form, Staging
from narvaro.demo.units import units_of
from narvaro.errors import BadRequest

if TYPE_CHECKING:
    from numpy.random import Generator

Progress = Callable[[str, int, int], None]
"""Called with what is being made, how much of it is done, and out of how much."""
FEWEST_PUPILS, MOST_PUPILS, MOST_YEARS = 300, 100_000, 5
_ROSTER, _TRAITS, _PEOPLE, _STAFF, _SCHOOL = range(5)


@dataclass(frozen=True, slots=True)
class Plan:
    """What was asked for, checked."""

    pupils: int
    schools: tuple[School, ...]
    years: tuple[int, ...]
    seed: int
    until: int | None  # minutes since 1970-01-01T00:00Z; nothing told later is written

    def random(self, *what: int) -> Generator:
        """A stream of its own for every part, so that parts do not depend on each other."""
        import numpy as np

        return np.random.default_rng([self.seed, *what])


def generate(
    into: Path,
    *,
    pupils: int = 4000,
    schools: int = 12,
    school_years: int = 2,
    first_year: int = 2024,
    seed: int = 1,
    form: Form = "parquet",
    until: date | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Write an invented municipality as a delivery in `into/delivery`, the same for the same seed.

    School years run from mid August of `first_year` to mid June. `until` is the last day on which
    anything was told: the timetable goes on, registrations and corrections after it are left out.
    `into/manifest.json` lists every awkward case. Raises BadRequest for a size or year outside
    the limits, and when `into/delivery` already holds something.
    """
    plan = _checked(pupils, schools, range(first_year, first_year + school_years), seed, until)
    delivery = _emptied(into, form)
    scratch = into / ".rows"
    scratch.mkdir(exist_ok=True)
    staging = Staging(scratch)
    try:
        _make(plan, staging, progress or _silent)
        counts = staging.write(delivery, form=form)
    finally:
        staging.close()
        shutil.rmtree(scratch)
    manifest = Manifest(
        delivery, form, seed, MUNICIPALITY, tuple(s.key for s in plan.schools),
        open_days(plan.years[0])[0], open_days(plan.years[-1])[-1], counts, (),
    )  # fmt: skip
    manifest.write(into / "manifest.json")
    return manifest


def _make(plan: Plan, staging: Staging, progress: Progress) -> None:
    roster = enrol(
        plan.random(_ROSTER), plan.schools, pupils=plan.pupils, first_year=plan.years[0],
        fixed=[[] for _ in plan.years], fixed_born=[],
    )  # fmt: skip
    traits = traits_of(plan.random(_TRAITS), len(roster.birth_year))
    staffs = _staffs(plan, roster)
    _write_registers(plan, staging, roster, staffs)
    done, total = 0, len(plan.schools) * len(plan.years)
    lesson = 0
    for school in plan.schools:
        for number in range(len(plan.years)):
            progress(school.name, done, total)
            year = _school_year(plan, roster, school, number)
            lesson = write_school_year(
                staging, year, staff=staffs[school.number], traits=traits, first_lesson=lesson
            )
            done += 1
    progress("Linnåsa", total, total)


def _school_year(plan: Plan, roster: Roster, school: School, number: int) -> SchoolYear:
    stints = roster.years[number].at(roster.years[number].school == school.number)
    return SchoolYear(
        school, plan.years[number], number, number == len(plan.years) - 1, stints,
        units_of(school, plan.years[number], stints), plan.until,
        lambda *what: plan.random(_SCHOOL, school.number, number, *what),
    )  # fmt: skip


def _staffs(plan: Plan, roster: Roster) -> tuple[Staff, ...]:
    """Every school's teachers: one a class, and subject teachers for the oldest."""
    staffs, first = [], 1
    for school in plan.schools:
        here = roster.years[0].school == school.number
        grades = roster.years[0].grade[here]
        classes = sum(class_count(int((grades == g).sum())) for g in set(grades.tolist())) + 3
        teachers = classes + 4 + int((grades >= 4).sum()) // 18
        staffs.append(staff_of(plan.random(_STAFF, school.number), first=first, teachers=teachers))
        first += teachers + 4
    return tuple(staffs)


def _write_registers(plan: Plan, staging: Staging, roster: Roster, staffs: Sequence[Staff]) -> None:
    schools, years = plan.schools, plan.years
    staging.append_rows(
        "organisations", registers.ORGANISATIONS, registers.organisations(schools, years[0])
    )
    for year in years:
        staging.append_rows("calendar", registers.CALENDAR, registers.calendar(schools, year))
    staging.append_rows(
        "participations", registers.PARTICIPATIONS, registers.participations(schools, years)
    )
    for stints in roster.years:
        rows = [(*row, None) for row in registers.enrolments(stints, schools)]
        staging.append_rows("enrolments", registers.ENROLMENTS, rows)
    _write_people(plan, staging, roster, staffs)


def _write_people(plan: Plan, staging: Staging, roster: Roster, staffs: Sequence[Staff]) -> None:
    rng = plan.random(_PEOPLE)
    protection = people.protections(rng, len(roster.birth_year), {})
    staging.append("pupils", people.pupils(rng, roster.birth_year, protection))
    columns, family = people.identities(rng, roster.birth_year, [])
    staging.append("identities", columns)
    staging.append("guardians", people.guardians(rng, family, protection))
    for school, staff in zip(plan.schools, staffs, strict=True):
        numbers = range(staff.first, staff.first + len(staff) + 4)
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


def _checked(pupils: int, schools: int, years: range, seed: int, until: date | None) -> Plan:
    limits = (
        ("pupils", pupils, FEWEST_PUPILS, MOST_PUPILS),
        ("school years", len(years), 1, MOST_YEARS),
        ("first year", years.start, 1990, 2090),
        ("seed", seed, 0, 2**63 - 1),
    )
    for what, given, least, most in limits:
        if not least <= given <= most:
            raise BadRequest(
                f"The demo takes {least} to {most} as {what}.", remedy=f"{given} is outside."
            )
    planned = plan_schools(schools, pupils=pupils)
    told_until = utc_minute(until + timedelta(days=1), 0) - 1 if until else None
    return Plan(pupils, planned, tuple(years), seed, told_until)


def _emptied(into: Path, form: str) -> Path:
    if form not in ("csv", "parquet"):
        raise BadRequest("A demo is written as csv or parquet.", remedy="Choose one of them.")
    delivery = into / "delivery"
    if delivery.exists() and any(delivery.iterdir()):
        raise BadRequest(
            f"{delivery} already holds something.", remedy="Name an empty folder, or remove it."
        )
    delivery.mkdir(parents=True, exist_ok=True)
    return delivery


def _silent(_what: str, _done: int, _total: int) -> None:
    """Say nothing."""
