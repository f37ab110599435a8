"""Whose lesson it is, which day it belongs to, and who acknowledged it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.oracle.attendance import Registration, state
from tests.oracle.history import Delivery

ARRIVAL = datetime(2017, 10, 1, tzinfo=UTC)
LATER = datetime(2018, 1, 1, tzinfo=UTC)
LESSON = {"lesson": "L", "school": "s", "starts_at": "2017-09-04T08:00+02:00", "minutes": "60"}


def known(at: datetime = LATER, **tables: list[dict[str, Any]]) -> dict[str, Registration]:
    found = state([Delivery(ARRIVAL, tables)], at)
    return {pupil: seen for (_, pupil), seen in found.items()}


def mark(pupil: str, **cells: Any) -> dict[str, Any]:
    return {"lesson": "L", "pupil": pupil, **cells}


def enrolment(pupil: str, **cells: Any) -> dict[str, Any]:
    return {"pupil": pupil, "school": "s", "class": "1a", "starts_on": "2017-08-16", **cells}


def test_those_with_a_mark_come_before_the_group_and_the_class() -> None:
    lesson = {**LESSON, "class": "1a"}

    assert set(known(lessons=[lesson], marks=[mark("x")], enrolments=[enrolment("y")])) == {"x"}


def test_the_group_comes_before_the_class_and_holds_its_last_day() -> None:
    lesson = {**LESSON, "group": "g", "class": "1a"}
    member = {"pupil": "x", "group": "g", "starts_on": "2017-09-04", "ends_on": "2017-09-04"}
    roster = {"lessons": [lesson], "enrolments": [enrolment("y")]}

    assert set(known(LATER, **roster, group_memberships=[member])) == {"x"}


def test_an_empty_group_leaves_the_lesson_to_the_class_at_its_school() -> None:
    lesson = {**LESSON, "group": "g", "class": "1a"}
    pupils = [
        enrolment("here"),
        enrolment("other school", school="t"),
        enrolment("other class", **{"class": "1b"}),
        enrolment("gone", ends_on="2017-09-03"),
        enrolment("last day", ends_on="2017-09-04"),
    ]

    assert set(known(lessons=[lesson], enrolments=pupils)) == {"here", "last day"}


def test_before_its_first_mark_is_known_a_lesson_belongs_to_its_class() -> None:
    tables = {
        "lessons": [{**LESSON, "class": "1a"}],
        "enrolments": [enrolment("y")],
        "marks": [mark("x", recorded_at="2017-09-20T00:00Z")],
    }

    assert set(known(datetime(2017, 9, 19, tzinfo=UTC), **tables)) == {"y"}
    assert set(known(datetime(2017, 9, 20, tzinfo=UTC), **tables)) == {"x"}


def test_one_yes_acknowledges_for_all_but_those_whose_own_mark_says_no() -> None:
    marks = [mark("x", acknowledged="yes"), mark("y"), mark("z", acknowledged="no")]

    seen = known(lessons=[{**LESSON, "acknowledged": "no"}], marks=marks)

    assert {pupil: one.acknowledged for pupil, one in seen.items()} == {
        "x": True,
        "y": True,
        "z": False,
    }


def test_an_evening_in_utc_is_the_next_local_day() -> None:
    lesson = {**LESSON, "starts_at": "2018-06-30T22:30Z"}

    assert known(lessons=[lesson], marks=[mark("x")])["x"].date == date(2018, 7, 1)


def test_a_lesson_counts_from_the_moment_it_has_ended() -> None:
    tables = {"lessons": [{**LESSON, "class": "1a"}], "enrolments": [enrolment("y")]}
    end = datetime(2017, 9, 4, 7, 0, tzinfo=UTC)

    assert known(end, **tables)["y"].counted
    assert not known(end.replace(hour=6, minute=59), **tables)["y"].counted


def test_scheduled_minutes_fall_back_to_the_lesson_and_then_to_its_length() -> None:
    long = {"ends_at": "2017-09-04T09:30+02:00"}
    marks = [mark("x", scheduled_minutes="45"), mark("y")]

    with_minutes = known(lessons=[{**LESSON, **long}], marks=marks)
    without = known(lessons=[{**LESSON, **long, "minutes": ""}], marks=marks)

    assert [with_minutes[pupil].scheduled for pupil in "xy"] == [45, 60]
    assert [without[pupil].scheduled for pupil in "xy"] == [45, 90]
