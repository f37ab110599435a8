"""What the routines of the shipped programmes carry, and that they changed no flag."""

from __future__ import annotations

from pathlib import Path

import pytest

from narvaro.programmes import EVENTS, STAGES, load, programme_ids, ways_of
from narvaro.programmes.law import duties_on, duty_ids
from narvaro.timetable import parse_at

FROZEN = Path(__file__).parents[2] / "contracts" / "programmes" / "frozen"
ROUTINES = tuple(name for name in programme_ids() if name not in ("england", "usa"))


@pytest.mark.parametrize("programme", [name for name in ROUTINES if name != "generic"])
def test_the_routine_changed_no_flag(programme: str) -> None:
    before, now = load(FROZEN / f"{programme}.v1.toml"), load(programme)
    assert now.version > before.version
    for part in ("rules", "scope", "in_force", "registration", "tiers", "cadence", "places"):
        assert getattr(now, part) == getattr(before, part), part
    assert now.counters == before.counters


@pytest.mark.parametrize("programme", ["england", "usa"])
def test_national_measures_have_no_routine_of_their_own(programme: str) -> None:
    assert load(programme).version == 1
    assert len(load(programme).steps) == 1


@pytest.mark.parametrize("programme", programme_ids())
def test_every_step_is_reached_and_comes_to_an_end(programme: str) -> None:
    ways = ways_of(load(programme))
    assert (ways.unreached, ways.endless) == ((), ())


@pytest.mark.parametrize("programme", programme_ids())
def test_every_step_has_an_owner_evidence_and_a_clock(programme: str) -> None:
    for step in load(programme).steps:
        assert step.owner
        assert step.evidence
        assert step.deadline or step.within


@pytest.mark.parametrize("programme", programme_ids())
def test_what_runs_a_routine_is_shown_as_assumed(programme: str) -> None:
    found = load(programme)
    assert "routine" in [assumption.place for assumption in found.assumptions]
    assert [(rung.after.school_days, rung.role) for rung in found.silence] == [
        (0, "owner"),
        (5, "principal"),
        (10, "area_manager"),
    ]
    assert [reminder.at.school_days for reminder in found.reminders] == [-2, 1]


@pytest.mark.parametrize("programme", ROUTINES)
def test_a_concern_is_thought_of_in_every_step(programme: str) -> None:
    found = load(programme)
    for step in found.steps:
        assert "concern" in [prompt.id for prompt in found.prompts_of(step.id)]


@pytest.mark.parametrize("programme", ["boras-2016", "boras-2018", "boras-recommended"])
def test_boras_goes_from_the_first_days_to_the_follow_up(programme: str) -> None:
    found = load(programme)
    assert {step.stage for step in found.steps if step.stage} == {
        *("conversation", "student_health", "investigation", "notified"),
        *("collaboration", "follow_up"),
    }
    assert found.step("first-days").name.sv == "Frånvarodag 1–6"
    assert found.step("conversation").stage_when_done == "documentation"
    assert found.step("investigation").also_begins == ("notification",)
    assert "right-to-education" in [p.id for p in found.prompts_of("student-health")]


def test_the_general_ladder_goes_through_the_whole_funnel() -> None:
    found = load("generic")
    stages = {stage for step in found.steps for stage in (step.stage, step.stage_when_done)}
    assert stages - {None} == set(STAGES) - {"flagged"}
    assert {"social-services", "sickness", "who-phoned"} <= {prompt.id for prompt in found.prompts}


@pytest.mark.parametrize("programme", ROUTINES)
def test_every_investigation_notifies_the_authority(programme: str) -> None:
    found = load(programme)
    if any("investigate-promptly" in step.duties for step in found.steps):
        assert {"notify-authority", "notify-home-municipality"} <= set(found.duties)
        shown = {evidence.name for step in found.steps for evidence in step.evidence}
        assert "authority-notified" in shown


def test_every_duty_that_a_routine_names_is_in_the_law_with_an_event() -> None:
    named = {duty for programme in ROUTINES for duty in load(programme).duties}
    assert named <= set(duty_ids())
    recorded = {duty.id: duty.event for duty in duties_on(parse_at("2026-01-01").day)}
    assert all(recorded[name] in EVENTS for name in named)
