"""A pupil's facts: the curve ends where the flag stands, margins are exact, sentences keep sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.web.conftest import Town
from tests.web.figures.conftest import NOW

from narvaro.measurement import AbsenceRow
from narvaro.programmes import Rule, load
from narvaro.timetable import ZONE, Period
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts.opened import opened
from narvaro.web.figures.pupil_panels.calendar_panel import year_calendar
from narvaro.web.figures.pupil_panels.fetching import PupilFacts, pupil_facts
from narvaro.web.figures.pupil_panels.rolling_panel import points, rolling_chart
from narvaro.web.figures.pupil_panels.verdict import margin_minutes
from narvaro.web.pupils.models import Enrolment, Pupil
from narvaro.web.ui.charts import DayKind

RULE = load("boras-2016").rules[0]
STRICT = replace(RULE, operator=">")


def _row(absent: int, acknowledged: int) -> AbsenceRow:
    day = date(2026, 11, 30)
    return AbsenceRow(
        "p",
        None,
        day,
        day,
        scheduled_minutes=acknowledged,
        acknowledged_minutes=acknowledged,
        invalid_minutes=absent,
    )


@given(
    absent=st.integers(0, 20_000),
    acknowledged=st.integers(1, 20_000),
    rule=st.sampled_from([RULE, STRICT, replace(RULE, limit=Fraction(25, 2))]),
)
def test_the_margin_is_the_last_minute_on_the_same_side(
    absent: int, acknowledged: int, rule: Rule
) -> None:
    assume(absent <= acknowledged)
    is_over = rule.is_met(absent, acknowledged)
    margin = margin_minutes(_row(absent, acknowledged), rule, is_over=is_over)

    assert margin >= 0
    if is_over:
        assert rule.is_met(absent - margin, acknowledged)
        assert not rule.is_met(absent - margin - 1, acknowledged)
    else:
        assert rule.is_met(absent + margin, acknowledged)
        assert not rule.is_met(absent + margin - 1, acknowledged)


def test_the_margin_of_the_example_is_433_minutes() -> None:
    assert margin_minutes(_row(3030, 17310), RULE, is_over=True) == 433


@pytest.fixture
def facts(schooled: Town, settings: Settings) -> PupilFacts:
    """Of the pupil whose absence is 15 per cent exactly."""
    found = opened()
    assert found is not None
    today = NOW.astimezone(ZONE).date()
    settings.DEMO, settings.TODAY = True, today
    somebody = schooled.somebody(Role.PRINCIPAL, "elementary")
    assert somebody.account is not None
    viewer = Viewer(somebody.account, somebody, today, NOW)
    keys = found.snapshot.engine.query(
        "SELECT value FROM aliases WHERE kind = 'pupil' AND is_key",
        tables=found.snapshot.tables("aliases"),
    )
    for (key,) in keys:
        pupil = Pupil.objects.create(authority=schooled.authority, key=key)
        Enrolment.objects.create(pupil=pupil, school_key="elementary", from_on=date(2017, 8, 1))
        made = pupil_facts(viewer, pupil)
        if made and made.held and made.held[0].standing.absence.absent_minutes == 450:
            return made
    raise AssertionError("the small town has nobody at the limit")


def test_the_curve_stands_at_the_months_end_where_the_rule_was_held(facts: PupilFacts) -> None:
    held = facts.held[0]
    row = held.standing.absence
    found = list(points(facts, held.rule.window, Period(date(2017, 8, 1), date(2018, 1, 20))))
    at_the_end = next(one for one in found if one.on == date(2017, 12, 31))

    assert (at_the_end.share, at_the_end.low, at_the_end.high) == (row.share, row.low, row.high)


def test_nothing_is_drawn_before_there_are_twenty_school_days(facts: PupilFacts) -> None:
    found = list(points(facts, facts.held[0].rule.window, Period(date(2017, 8, 1), facts.today)))
    days = [day.on for day in facts.days]

    assert found[0].on == days[19]


def test_the_days_add_up_to_the_window_that_the_rule_was_held_against(facts: PupilFacts) -> None:
    row = facts.held[0].standing.absence
    sums = facts.over(facts.window)

    assert (sums.scheduled, sums.acknowledged, sums.absent, sums.lessons) == (
        row.scheduled_minutes,
        row.acknowledged_minutes,
        row.absent_minutes,
        row.lessons,
    )
    weekdays = sum(day.minutes.absent for day in facts.days if day.on.weekday() < 5)
    assert sum(one.absent for one in facts.lessons.hours.values()) == weekdays
    assert sum(one.absent for one in facts.lessons.subjects.values()) == row.absent_minutes


def test_a_flag_stands_on_the_curve_at_the_limit_exactly(facts: PupilFacts) -> None:
    chart = rolling_chart(facts, facts.held[0])

    assert [(one.on, Fraction(*one.share)) for one in chart.flags][-1] == (
        date(2017, 12, 31),
        Fraction(15, 100),
    )
    assert "över gränsen" in chart.title


def test_a_day_nobody_told_of_is_no_day_of_presence(facts: PupilFacts) -> None:
    days = {day.on: day for day in year_calendar(facts).days}

    assert days[date(2017, 10, 4)].kind == DayKind.LESSONS
    assert days[date(2017, 10, 9)].kind == DayKind.NO_LESSONS
    assert days[facts.today + (date(2018, 1, 22) - date(2018, 1, 20))].kind == DayKind.AHEAD
