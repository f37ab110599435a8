"""Make the whole municipality: rosters first, then lessons and marks school by school."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path

from narvaro.demo.absence import traits_of
from narvaro.demo.cases import Book, SchoolCases, append_rows, told_cases, write_cases
from narvaro.demo.days import open_days
from narvaro.demo.manifest import Manifest
from narvaro.demo.names import MUNICIPALITY
from narvaro.demo.people import OTHER_STAFF
from narvaro.demo.plan import ROSTER, SCHOOL, STAFF, TRAITS, Plan, checked_plan
from narvaro.demo.registering import write_outcomes, write_registers
from narvaro.demo.registration import Staff, staff_of
from narvaro.demo.roster import Roster, class_count, enrol
from narvaro.demo.school_year import SchoolYear, write_school_year
from narvaro.demo.schools import School
from narvaro.demo.staging import Form, Staging
from narvaro.demo.units import units_of
from narvaro.errors import BadRequest

Progress = Callable[[str, int, int], None]
"""Called with what is being made, how much of it is done, and out of how much."""


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
    plan = checked_plan(
        pupils=pupils, schools=schools, years=range(first_year, first_year + school_years),
        seed=seed, until=until,
    )  # fmt: skip
    delivery = _emptied(into, form)
    book = write_cases(plan.schools, plan.years)
    counts = _written(plan, book, into=into, delivery=delivery, form=form, progress=progress)
    manifest = Manifest(
        delivery, form, seed, MUNICIPALITY, tuple(school.key for school in plan.schools),
        open_days(plan.years[0])[0], open_days(plan.years[-1])[-1], counts,
        told_cases(book, until),
    )  # fmt: skip
    manifest.write(into / "manifest.json")
    return manifest


def _written(
    plan: Plan, book: Book, *, into: Path, delivery: Path, form: Form, progress: Progress | None
) -> dict[str, int]:
    scratch = into / ".rows"
    scratch.mkdir(exist_ok=True)
    staging = Staging(scratch)
    try:
        _make(plan, staging, book, progress or _silent)
        return staging.write(delivery, form=form)
    finally:
        staging.close()
        shutil.rmtree(scratch)


def _make(plan: Plan, staging: Staging, book: Book, progress: Progress) -> None:
    roster = enrol(
        plan.random(ROSTER), plan.schools, pupils=plan.pupils, first_year=plan.years[0],
        fixed=book.stints, fixed_born=book.born,
    )  # fmt: skip
    traits = traits_of(plan.random(TRAITS), len(roster.birth_year))
    staffs = _staffs(plan, roster)
    write_registers(plan, staging, roster, staffs=staffs, book=book)
    write_outcomes(plan, staging, roster, traits)
    total, lesson = len(plan.schools) * len(plan.years), 0
    for done, (school, number) in enumerate(product(plan.schools, range(len(plan.years)))):
        progress(school.name, done, total)
        lesson = write_school_year(
            staging, _school_year(plan, roster, school, number=number, book=book),
            staff=staffs[school.number], traits=traits, first_lesson=lesson,
        )  # fmt: skip
    append_rows(book, staging, plan.until_minute)
    progress("Linnåsa", total, total)


def _school_year(
    plan: Plan, roster: Roster, school: School, *, number: int, book: Book
) -> SchoolYear:
    year = plan.years[number]
    stints = roster.years[number].at(roster.years[number].school == school.number)
    return SchoolYear(
        school, year, number, number == len(plan.years) - 1, stints,
        units_of(school, year, stints, book.groups), SchoolCases.of(book, school, year),
        plan.until_minute, lambda *what: plan.random(SCHOOL, school.number, number, *what),
    )  # fmt: skip


def _staffs(plan: Plan, roster: Roster) -> tuple[Staff, ...]:
    """Every school's teachers: one a class, and subject teachers for the oldest."""
    staffs, first = [], 1
    for school in plan.schools:
        here = roster.years[0].school == school.number
        grades = roster.years[0].grade[here]
        classes = sum(class_count(int((grades == g).sum())) for g in set(grades.tolist())) + 3
        teachers = classes + 4 + int((grades >= 4).sum()) // 18
        staffs.append(staff_of(plan.random(STAFF, school.number), first=first, teachers=teachers))
        first += teachers + OTHER_STAFF
    return tuple(staffs)


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
