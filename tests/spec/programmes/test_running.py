"""A routine in motion: deadlines over breaks, silence that climbs, decisions that are allowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from narvaro.errors import BadRequest
from narvaro.programmes import (
    Decision,
    Evidence,
    allowed_decisions,
    decides_after_no_shows,
    due_on,
    forced_moves,
    is_done,
    load,
    missing_evidence,
    next_steps,
    reminders_on,
    role_above,
    silence_ladder,
    silent_to,
    watched_until,
)
from narvaro.timetable import Calendar, Period

BORAS = load("boras-2018")
STAFFANSTORP = load("staffanstorp")
GENERIC = load("generic")


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


# Autumn, spring and the next autumn; the autumn holiday is week 44
TERMS = (
    days("2025-08-18", "2025-12-19"),
    days("2026-01-08", "2026-06-12"),
    days("2026-08-17", "2026-12-18"),
)
CALENDAR = Calendar(TERMS, frozenset(days("2025-10-27", "2025-10-31").days()))

DEADLINES = """
programme    | step           | began      | due        | because
boras-2018   | registration   | 2025-09-01 | 2025-09-01 | the same day
boras-2018   | registration   | 2025-09-06 | 2025-09-08 | the same day is a Saturday: the next school day
boras-2018   | conversation   | 2025-09-01 | 2025-09-15 | ten school days
boras-2018   | conversation   | 2025-10-20 | 2025-11-10 | over the autumn holiday
boras-2018   | conversation   | 2025-12-16 | 2026-01-16 | over Christmas
boras-2018   | conversation   | 2026-06-10 | 2026-08-26 | over the summer
boras-2018   | conversation   | 2025-09-06 | 2025-09-19 | begun on a Saturday
boras-2018   | investigation  | 2025-09-01 | 2025-09-22 | promptly, shown as fifteen school days
boras-2018   | notification   | 2025-09-01 | 2025-09-08 | promptly, shown as five of its own
boras-2018   | student-health | 2025-09-01 | 2025-09-29 | no meeting is known: twenty school days
boras-2018   | follow-up      | 2025-09-01 | 2025-09-29 | no date in the plan: twenty school days
boras-2018   | consultation   | 2025-09-01 | 2025-09-29 | no deadline at all: twenty school days
boras-2018   | collaboration  | 2025-09-01 | 2025-09-22 | 21 days
boras-2018   | collaboration  | 2025-12-05 | 2026-01-08 | 21 days end in the break: the next school day
staffanstorp | evaluation     | 2026-05-29 | 2026-08-17 | 21 days end in the summer
dals-ed      | periphery      | 2025-09-01 | 2026-01-15 | eighty school days
"""


def cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.splitlines()[2:]]


@pytest.mark.parametrize(("programme", "step", "began", "due", "because"), cells(DEADLINES))
def test_a_step_is_due(programme: str, step: str, began: str, due: str, because: str) -> None:
    found = due_on(load(programme).step(step), date.fromisoformat(began), CALENDAR)
    assert str(found) == due, because


def test_a_meeting_and_a_plan_have_their_own_dates() -> None:
    meeting, plan = date(2025, 9, 10), date(2025, 9, 11)
    known = {"next_meeting": meeting, "plan_date": plan}
    begun = date(2025, 9, 1)
    assert due_on(BORAS.step("student-health"), begun, CALENDAR, **known) == meeting
    assert due_on(BORAS.step("follow-up"), begun, CALENDAR, **known) == plan
    assert due_on(BORAS.step("conversation"), begun, CALENDAR, **known) == date(2025, 9, 15)


def test_the_law_keeps_its_word_beside_the_municipalitys_number() -> None:
    investigation = BORAS.step("investigation")
    assert investigation.deadline
    assert investigation.deadline.kind == "promptly"
    assert investigation.within == BORAS.routine.promptly_within == 15


def test_a_calendar_that_ends_is_said_and_not_guessed() -> None:
    closed = Calendar((), frozenset(days("2025-09-02", "2027-12-31").days()))
    with pytest.raises(BadRequest, match="no school day"):
        due_on(BORAS.step("conversation"), date(2025, 9, 1), closed)


SILENCE = """
due        | today      | seen by      | because
2025-09-15 | 2025-09-14 | None         | in time
2025-09-15 | 2025-09-15 | None         | the last day in time
2025-09-15 | 2025-09-16 | owner        | overdue
2025-09-15 | 2025-09-21 | owner        | a week-end is no school day
2025-09-15 | 2025-09-22 | principal    | five school days
2025-09-15 | 2025-09-28 | principal    | nine school days and a week-end
2025-09-15 | 2025-09-29 | area_manager | ten school days
2025-09-15 | 2026-09-29 | area_manager | nobody is above
2025-12-18 | 2025-12-19 | owner        | overdue before Christmas
2025-12-18 | 2026-01-07 | owner        | the break is no time
2025-12-18 | 2026-01-12 | owner        | the fourth school day
2025-12-18 | 2026-01-13 | principal    | the fifth
"""


@pytest.mark.parametrize(("due", "today", "seen_by", "because"), cells(SILENCE))
def test_silence_climbs(due: str, today: str, seen_by: str, because: str) -> None:
    days = date.fromisoformat(due), date.fromisoformat(today)
    assert str(silent_to(BORAS, *days, CALENDAR)) == seen_by, because
    assert str(silent_to(GENERIC, *days, CALENDAR)) == seen_by, because


def test_a_ladder_that_begins_late_still_shows_its_owner() -> None:
    late = replace(BORAS, silence=BORAS.silence[1:])
    assert silent_to(late, date(2025, 9, 15), date(2025, 9, 16), CALENDAR) == "owner"


def test_every_rung_has_its_day() -> None:
    found = silence_ladder(BORAS, date(2025, 9, 15), CALENDAR)
    assert [(str(telling.on), telling.role) for telling in found] == [
        ("2025-09-16", "owner"),
        ("2025-09-22", "principal"),
        ("2025-09-29", "area_manager"),
    ]


def test_reminders_come_before_and_after() -> None:
    step = BORAS.step("conversation")
    after_christmas = reminders_on(BORAS, step, date(2026, 1, 9), CALENDAR)
    assert [str(telling.on) for telling in after_christmas] == ["2025-12-19", "2026-01-12"]
    assert {telling.role for telling in after_christmas} == {"owner"}


def test_decisions_are_those_of_the_step() -> None:
    assert allowed_decisions(BORAS, BORAS.step("conversation")) == (
        Decision("close", outcome="closed"),
        Decision("watch", outcome="watched", needs_date=True),
        Decision("close", outcome="returned"),
        Decision("next", step="student-health"),
        Decision("escalate", role="principal"),
    )


def test_the_owner_keeps_a_case_whose_teaching_is_adapted() -> None:
    decisions = allowed_decisions(BORAS, BORAS.step("student-health"))
    assert Decision("watch", outcome="adapted", needs_date=True) in decisions


def test_what_lasts_goes_on_to_another_day() -> None:
    assert Decision("continue", needs_date=True) in allowed_decisions(
        STAFFANSTORP, STAFFANSTORP.step("support")
    )
    assert all(
        decision.kind != "continue"
        for decision in allowed_decisions(BORAS, BORAS.step("conversation"))
    )


@pytest.mark.parametrize(
    ("role", "above"),
    [
        ("mentor", "principal"),
        ("investigator", "principal"),
        ("principal", "area_manager"),
        ("area_manager", None),
    ],
)
def test_a_case_is_handed_upwards(role: str, above: str | None) -> None:
    assert role_above(BORAS, role) == above


def test_next_steps_are_steps_of_the_programme() -> None:
    found = next_steps(BORAS, BORAS.step("student-health"))
    assert [step.id for step in found] == ["conversation", "investigation"]
    with pytest.raises(BadRequest, match="no such step") as refused:
        BORAS.step("moon")
    assert "conversation" in refused.value.remedy


def test_the_third_flag_is_a_task_for_a_role() -> None:
    assert forced_moves(BORAS) == (("third-flag", "student-health", "principal"),)
    assert forced_moves(GENERIC) == (("third-flag", "student-health", "principal"),)
    assert forced_moves(STAFFANSTORP) == ()


def test_a_step_is_done_by_evidence_alone() -> None:
    step = BORAS.step("student-health")
    meeting, form = step.evidence
    assert not is_done(step, ())
    assert missing_evidence(step, [meeting]) == (form,)
    assert is_done(step, {meeting, form, Evidence("event", "contact-held")})


def test_evidence_that_names_no_meeting_is_shown_by_any() -> None:
    step = BORAS.step("follow-up")
    held, form = Evidence("meeting", "student-health-meeting"), Evidence("form", step.forms[0])
    assert is_done(step, [held, form])
    assert missing_evidence(BORAS.step("student-health"), [Evidence("meeting"), form])


def test_a_case_is_watched_for_so_long() -> None:
    usual, latest = watched_until(BORAS, date(2025, 9, 1), CALENDAR)
    assert (usual, latest) == (date(2025, 9, 29), date(2025, 12, 1))
    assert usual - date(2025, 9, 1) == timedelta(days=28)


@pytest.mark.parametrize(
    ("attempts", "role"), [(0, None), (2, None), (3, "principal"), (9, "principal")]
)
def test_attempts_in_vain_end_in_a_decision(attempts: int, role: str | None) -> None:
    assert decides_after_no_shows(BORAS, attempts) == role
