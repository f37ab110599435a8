"""A false alarm is worse than none: each thing that must never nag, and the one that must."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from tests.web.conftest import Town
from tests.web.registration.school_weeks import (
    DAYS,
    NIGHT,
    NOON,
    TERM,
    TODAY,
    Told,
    lesson,
    usual,
)

from narvaro.timetable import Calendar, Period
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.registration.asked_today import asked_in, asked_of_me, waiting
from narvaro.web.figures.registration.false_alarms import SchoolNow, may_be_asked_for
from narvaro.web.figures.registration.open_lessons import OpenLesson

LAST = DAYS[-1]


@pytest.fixture
def viewer(teacher: Assignment) -> Viewer:
    return seen_by(teacher)


def seen_by(somebody: Assignment, *, now: datetime = NOON, today: date = TODAY) -> Viewer:
    assert somebody.account is not None
    return Viewer(somebody.account, somebody, today, now)


def keys(viewer: Viewer) -> list[str]:
    """The lessons that wait for the viewer."""
    return [one.lesson.key for one in waiting(asked_of_me(viewer))]


def test_a_lesson_that_was_held_and_not_acknowledged_is_asked_for(
    told: Told, viewer: Viewer
) -> None:
    told.deliver(usual(missing=["ma-11-27"]))

    assert keys(viewer) == ["ma-11-27"]


def test_nobody_is_asked_for_a_colleagues_lesson(told: Told, viewer: Viewer) -> None:
    told.deliver(usual(missing=["sl-11-27"]))

    assert keys(viewer) == []


def test_an_empty_group_never_nags(told: Told, viewer: Viewer) -> None:
    empty = lesson("empty", LAST, at=time(13), group="nobody", acknowledged="no")
    empty["class"] = None
    told.deliver([*usual(), empty])

    assert keys(viewer) == []


def test_a_cancelled_lesson_never_nags(told: Told, viewer: Viewer) -> None:
    cancelled = lesson("cancelled", LAST, at=time(13), cancelled=True, acknowledged="no")
    told.deliver([*usual(), cancelled])

    assert keys(viewer) == []


def test_a_lesson_cancelled_later_stops_to_nag(told: Told, viewer: Viewer) -> None:
    told.deliver(usual(missing=["ma-11-27"]), arrived_at=NIGHT - timedelta(days=1, hours=5))
    before = keys(viewer)
    told.deliver([lesson("ma-11-27", LAST, cancelled=True, acknowledged="no")])

    assert before == ["ma-11-27"]
    assert keys(viewer) == []


@pytest.mark.parametrize("kind", ["break", "staff_day", "closed"])
def test_a_lesson_on_a_day_without_school_never_nags(told: Told, viewer: Viewer, kind: str) -> None:
    told.calendar.append({"organisation": "almskolan", "kind": kind, "from": LAST, "to": LAST})
    told.deliver(usual(missing=["ma-11-27", "ma-11-26"]))

    assert keys(viewer) == ["ma-11-26"]


def test_nobody_is_asked_for_anything_in_a_week_without_school(told: Told, viewer: Viewer) -> None:
    told.calendar.append(
        {"organisation": "linnasa", "kind": "break", "from": TODAY, "to": date(2026, 12, 4)}
    )
    told.deliver(usual(missing=["ma-11-27"]))

    assert keys(viewer) == []


def test_last_terms_gaps_never_nag(told: Told, viewer: Viewer) -> None:
    told.calendar[:] = [
        {"organisation": "linnasa", "kind": "term", "from": date(2026, 8, 17), "to": DAYS[4]},
        {"organisation": "linnasa", "kind": "term", "from": DAYS[5], "to": TERM["to"]},
    ]
    told.deliver(usual(missing=["ma-11-20", "ma-11-27"]))

    assert keys(viewer) == ["ma-11-27"]


def test_preschool_never_nags(told: Told, viewer: Viewer) -> None:
    child = {
        "pupil": "child",
        "school": "almskolan",
        "class": "Lilla",
        "grade": "preschool",
        "starts_on": date(2026, 8, 17),
    }
    day = lesson("day", LAST, **{"class": "Lilla"}, at=time(13), acknowledged="no")
    told.deliver(
        [*usual(missing=["ma-11-27"]), day],
        more={"pupils": [{"pupil": "child", "sex": "male"}], "enrolments": [child]},
    )

    assert keys(viewer) == ["ma-11-27"]


def test_a_lesson_of_today_does_not_nag(told: Told, viewer: Viewer) -> None:
    today = lesson("today", TODAY, at=time(8), acknowledged="no")
    told.deliver([*usual(), today], arrived_at=NOON)

    assert keys(viewer) == []


def test_a_lesson_whose_day_has_not_been_told_of_does_not_nag(told: Told, viewer: Viewer) -> None:
    friday_noon = datetime(2026, 11, 27, 11, tzinfo=UTC)
    told.deliver(usual(missing=["ma-11-26", "ma-11-27"]), arrived_at=friday_noon)

    assert keys(viewer) == ["ma-11-26"]


def test_a_school_where_nobody_has_begun_to_register_does_not_nag(
    told: Told, viewer: Viewer
) -> None:
    told.deliver(usual(missing=[one["lesson"] for one in usual()]))

    assert keys(viewer) == []


def test_lessons_before_a_school_began_to_register_do_not_nag(told: Told, viewer: Viewer) -> None:
    before = [one["lesson"] for one in usual() if one["starts_at"].date() < DAYS[5]]
    told.deliver(usual(missing=[*before, "ma-11-27"]))

    assert keys(viewer) == ["ma-11-27"]


def test_a_lesson_leaves_the_queue_with_the_delivery_that_has_it_acknowledged(
    told: Told, viewer: Viewer
) -> None:
    told.deliver(usual(missing=["ma-11-27"]), arrived_at=NIGHT - timedelta(days=1, hours=5))
    before = keys(viewer)
    told.deliver(usual())

    assert (before, keys(viewer)) == (["ma-11-27"], [])


def test_a_lesson_that_a_substitute_was_told_for_is_asked_of_the_substitute(
    told: Told, teacher: Assignment, crafts_teacher: Assignment
) -> None:
    told.deliver(usual(missing=["ma-11-27"]), arrived_at=NIGHT - timedelta(days=1, hours=5))
    told.deliver([lesson("ma-11-27", LAST, teachers="T2", acknowledged="no")])

    assert keys(seen_by(teacher)) == []
    assert keys(seen_by(crafts_teacher)) == ["ma-11-27"]


def test_similar_lessons_without_a_teacher_are_the_principals(
    told: Told, principal: Assignment, town: Town
) -> None:
    orphans = [
        lesson(f"no-{day}", day, at=time(13), teachers=None, acknowledged="no") for day in DAYS
    ]
    told.deliver([*usual(), *orphans])

    asked = asked_in(seen_by(principal), [town.units["almskolan"].key])

    assert {(one.cause.value, one.solver.value) for one in asked} == {("no_teacher", "principal")}
    assert len(asked) == len(DAYS)


def test_the_rule_of_the_term_stands_by_itself() -> None:
    """Whatever else is known of the school, a lesson of another term is not asked for."""
    spring = Period(date(2026, 1, 8), date(2026, 6, 11))
    autumn = Period(date(2026, 8, 17), date(2026, 12, 18))
    now = SchoolNow(Calendar((spring, autumn)), TODAY, NOON, date(2026, 1, 8))

    asked = [may_be_asked_for(a_lesson(day), now) for day in (date(2026, 6, 10), LAST)]

    assert asked == [False, True]


def a_lesson(day: date) -> OpenLesson:
    starts_at = datetime.combine(day, time(9), UTC)
    ends_at = starts_at + timedelta(minutes=60)
    return OpenLesson(
        1, "almskolan", "7B", day, 60, "files", "ma", starts_at, ends_at, "Matematik", "", ("T1",)
    )
