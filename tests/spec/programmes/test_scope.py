"""Whom a programme speaks of: grades and ages on the last day, and schools that take part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from narvaro.programmes import Arm, Participation, load

BORAS = load("boras-2016")
STAFFANSTORP = load("staffanstorp")


@pytest.mark.parametrize(
    ("grade", "in_scope"),
    [("1", True), ("3", True), ("4", False), ("F", False), ("preschool", False), (None, False)],
)
def test_grades_one_to_three(grade: str | None, in_scope: bool) -> None:
    assert BORAS.has_grade(grade, date(2017, 12, 31)) is in_scope


@pytest.mark.parametrize(
    ("grade", "in_scope"), [("9", True), ("F", True), (None, True), ("preschool", False)]
)
def test_a_programme_of_all_grades_leaves_out_voluntary_preschool(
    grade: str | None, in_scope: bool
) -> None:
    assert load("boras-recommended").has_grade(grade, date(2018, 9, 30)) is in_scope


def test_dals_ed_names_preschool_and_has_no_rule() -> None:
    assert load("dals-ed").has_grade("preschool", date(2018, 9, 30))


def test_the_same_pupils_are_meant_when_the_grades_are_renumbered() -> None:
    assert BORAS.grades_in_scope(date(2028, 6, 30)) == ("1", "2", "3")
    assert BORAS.grades_in_scope(date(2028, 7, 1)) == ("2", "3", "4")
    assert load("stockholm").grades_in_scope(date(2028, 7, 1)) == ("9", "10")


@pytest.mark.parametrize(
    ("born", "in_scope"),
    [
        ("2013-10-01", False),  # 12 years, and 13 the day after
        ("2013-09-30", True),
        ("2009-10-01", True),  # 16 years, and 17 the day after
        ("2009-09-30", False),
    ],
)
def test_ages_are_those_of_the_windows_last_day(born: str, in_scope: bool) -> None:
    last = date(2026, 9, 30)
    assert STAFFANSTORP.scope.has_age(date.fromisoformat(born), last) is in_scope
    births = STAFFANSTORP.birth_dates_in_scope(last)
    assert births
    assert births.holds(date.fromisoformat(born)) is in_scope


def test_an_unknown_birth_date_is_outside_where_ages_are_set() -> None:
    assert not STAFFANSTORP.scope.has_age(None, date(2026, 9, 30))
    assert BORAS.scope.has_age(None, date(2017, 9, 30))
    assert BORAS.birth_dates_in_scope(date(2017, 9, 30)) is None


def row(school: str, role: Arm, starts: str, ends: str = "", programme: str = "") -> Participation:
    last = date.fromisoformat(ends) if ends else None
    return Participation(programme or "boras-2018", school, role, date.fromisoformat(starts), last)


ROWS = [
    row("elm", "project", "2016-04-12"),
    row("oak", "project", "2016-04-12", "2018-01-30"),
    row("lime", "control", "2016-04-12"),
    row("ash", "project", "2018-02-01"),
    row("yew", "project", "2016-04-12", programme="staffanstorp"),
]


@pytest.mark.parametrize(
    ("day", "schools"),
    [
        ("2016-04-11", {}),
        ("2018-01-30", {"elm": "project", "oak": "project", "lime": "control"}),
        ("2018-01-31", {"elm": "project", "lime": "control"}),
        ("2018-02-28", {"elm": "project", "lime": "control", "ash": "project"}),
    ],
)
def test_schools_take_part_while_their_participation_lasts(
    day: str, schools: dict[str, str]
) -> None:
    found = load("boras-2018").schools_taking_part(ROWS, date.fromisoformat(day))
    assert found == schools


def test_without_participations_all_schools_take_part() -> None:
    assert load("boras-2018").schools_taking_part(ROWS[4:], date(2018, 1, 31)) is None
    assert (
        load("england").schools_taking_part(
            [row("elm", "project", "2016-01-01", programme="england")], date(2018, 1, 31)
        )
        is None
    )


def test_as_started_are_the_schools_of_the_first_day_also_when_one_has_left() -> None:
    found = load("boras-2018").schools_at_the_start(ROWS)
    assert found == {"elm": "project", "oak": "project", "lime": "control"}
    assert load("boras-2018").schools_at_the_start(ROWS[4:]) is None
    assert load("england").schools_at_the_start(ROWS) is None


def test_a_project_keeps_its_schools_when_its_rules_change() -> None:
    rows = [row("elm", "project", "2016-04-12", programme="boras")]
    for programme in ("boras-2016", "boras-2018"):
        found = load(programme).schools_taking_part(rows, date(2018, 1, 31))
        assert found == {"elm": "project"}


def test_a_school_that_changes_arm_has_the_later_one() -> None:
    rows = [row("elm", "control", "2016-04-12"), row("elm", "project", "2018-01-01")]
    assert load("boras-2018").schools_taking_part(rows, date(2018, 1, 31)) == {"elm": "project"}


def test_a_programme_may_take_all_schools() -> None:
    everywhere = replace(BORAS, scope=replace(BORAS.scope, schools="all"))
    assert everywhere.schools_taking_part(ROWS, date(2017, 1, 31)) is None
