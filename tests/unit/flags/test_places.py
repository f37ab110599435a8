"""Of a pupil's several schools on one day, which one counts."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np

from narvaro.flags.places import Enrolments, cells_on

AUTUMN, SPRING, OPEN = 20240816, 20250110, 99991231
DAY = date(2025, 3, 31)
EVERY = np.array([1, 2, 3])


def test_a_project_school_comes_before_a_newer_control_school() -> None:
    arms = {"north": "control", "south": "project"}

    assert named(arms, (1, 0, SPRING), (1, 1, AUTUMN)) == {1: ("south", "7")}


def test_without_arms_the_newest_enrolment_counts() -> None:
    assert named(None, (1, 0, SPRING), (1, 1, AUTUMN)) == {1: ("north", "7")}


def test_a_school_that_takes_no_part_is_out_of_scope() -> None:
    arms = {"south": "project"}

    assert named(arms, (1, 0, SPRING), (2, 1, AUTUMN)) == {2: ("south", "7")}


def named(
    arms: dict[str, str] | None, *enrolled: tuple[int, int, int]
) -> dict[int, tuple[str | None, str | None]]:
    """Pupil → school and grade, of (pupil, school, first day) with the newest first."""
    pupil, school, starts_on = (np.array(column) for column in zip(*enrolled, strict=True))
    enrolments = Enrolments(
        pupil=pupil,
        school=school,
        grade=np.zeros(len(pupil), dtype=np.int64),
        starts_on=starts_on,
        ends_on=np.full(len(pupil), OPEN),
        schools=("north", "south"),
        grades=("7",),
    )
    cells = cells_on(roster(), enrolments, programme(arms), DAY, EVERY)
    return {
        number: cells.names[cell]
        for number, cell in zip(EVERY.tolist(), cells.cell_of.tolist(), strict=True)
        if cell >= 0
    }


def roster() -> Any:
    return SimpleNamespace(participations=())


def programme(arms: dict[str, str] | None) -> Any:
    return SimpleNamespace(
        scope=SimpleNamespace(schools="participations"),
        schools_taking_part=lambda *_: arms,
        has_grade=lambda *_: True,
        grades_in_scope=lambda _: None,
        birth_dates_in_scope=lambda _: None,
    )
