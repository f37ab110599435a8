"""A school does otherwise: added or stricter, never less; and everybody can see in what."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from narvaro.errors import InputRefused
from narvaro.programmes import (
    Evidence,
    Programme,
    adapt,
    allowed_decisions,
    check_adaptation,
    differences,
    due_on,
    forced_moves,
    load,
    misfits,
    moved_to,
    read_adaptation,
)
from narvaro.timetable import Calendar

COMMON = load("boras-2018")
FROZEN = Path(__file__).parents[2] / "contracts" / "programmes" / "frozen"
FILE = """\
schema = 1
programme = "boras-2018"
version = 3
by = "Rektor, Almskolan"
decided_on = 2018-02-01
why = { sv = "Vi är en liten skola.", en = "We are a small school." }

[[steps]]
step = "conversation"
why = { sv = "Vi ringer först.", en = "We phone first." }
guidance = { sv = "Ring innan ni skriver.", en = "Phone before you write." }
owner = "special_educator"
deadline = "5 school-days"
forms = "home-visit"

[[steps]]
step = "investigation"
within = 10

[[steps]]
step = "consultation"
deadline = "10 school-days"
forms = "student-health-analysis"

[[forms]]
id = "home-visit"
name = { sv = "Hembesök", en = "Home visit" }

[[prompts]]
id = "siblings"
steps = "conversation"
text = { sv = "Finns syskon på skolan?", en = "Are there siblings at the school?" }
"""


def adapted(text: str = FILE) -> Programme:
    return adapt(COMMON, read_adaptation(text.encode()))


def test_a_step_is_done_as_the_school_does_it() -> None:
    step = adapted().step("conversation")
    assert step.owner == "special_educator"
    assert "mentor" in step.takes_part
    assert [text.en for text in step.guidance] == ["Phone before you write."]
    assert step.forms == ("teacher-documentation", "home-visit")
    assert step.evidence[-1] == Evidence("form", "home-visit")
    assert due_on(step, date(2018, 3, 5), Calendar()) == date(2018, 3, 12)


def test_a_word_of_the_law_stays_a_word() -> None:
    step = adapted().step("investigation")
    assert step.deadline == COMMON.step("investigation").deadline
    assert step.within == 10


def test_the_common_version_is_as_it_was_and_the_new_one_has_a_mark_of_its_own() -> None:
    here = adapted()
    assert load("boras-2018") == COMMON
    assert COMMON.adapted_by is None
    assert here.adapted_by
    assert here.fingerprint not in (COMMON.fingerprint, here.adapted_by.fingerprint)
    assert here == adapted()


UNTOUCHED = (
    *("id", "version", "rules", "scope", "counters", "registration", "in_force", "silence"),
    *("routine", "reminders", "cadence", "tiers", "places", "sources", "collaboration"),
)


def test_flags_forced_moves_and_ladders_are_those_of_the_common_version() -> None:
    here = adapted()
    for name in UNTOUCHED:
        assert getattr(here, name) == getattr(COMMON, name), name
    assert {field.name for field in fields(Programme)} - {*UNTOUCHED} == {
        *("name", "about", "steps", "forms", "prompts", "fingerprint", "adapted_by")
    }
    assert forced_moves(here) == forced_moves(COMMON)
    assert [step.id for step in here.steps] == [step.id for step in COMMON.steps]
    for step in COMMON.steps:
        mine = here.step(step.id)
        assert (mine.leads_to, mine.may_end, mine.law, mine.duties) == (
            *(step.leads_to, step.may_end, step.law, step.duties),
        )
        assert set(step.evidence) <= set(mine.evidence)
        assert allowed_decisions(here, mine)


def test_a_difference_says_what_is_common_what_is_here_who_and_why() -> None:
    found = {d.what.en: d for d in differences(COMMON, adapted())}
    owner = found["Conversation with the home: owner"]
    assert owner.common
    assert owner.here
    assert (owner.common.sv, owner.here.sv) == ("mentor eller klasslärare", "specialpedagog")
    assert (owner.by, owner.decided_on) == ("Rektor, Almskolan", date(2018, 2, 1))
    assert owner.why == ("Vi ringer först.", "We phone first.")
    time = found["Investigation of the absence: time"]
    assert time.common
    assert time.here
    assert time.common.sv == "skyndsamt (15 skoldagar)"
    assert time.here.sv == "skyndsamt (10 skoldagar)"
    assert time.why == ("Vi är en liten skola.", "We are a small school.")
    prompt = found["to think of"]
    assert (prompt.common, prompt.here) == (
        None,
        ("Finns syskon på skolan?", "Are there siblings at the school?"),
    )
    assert list(found) == [
        "Conversation with the home: what is done",
        "Conversation with the home: owner",
        "Conversation with the home: takes part",
        "Conversation with the home: time",
        "Conversation with the home: forms",
        "Conversation with the home: done when",
        "Investigation of the absence: time",
        "Consultation: time",
        "Consultation: forms",
        "Consultation: done when",
        "to think of",
        "form",
    ]


def test_a_programme_does_not_differ_from_itself() -> None:
    assert differences(COMMON, COMMON) == ()


def test_two_common_versions_differ_without_a_principal() -> None:
    found = differences(load(FROZEN / "boras-2018.v1.toml"), COMMON)
    assert "steps.first-days" in [difference.place for difference in found]
    assert {difference.by for difference in found} == {""}
    assert not [d for d in found if d.place.startswith(("rules", "counters"))]


REFUSED = [
    ('owner = "special_educator"', 'owner = "guardian"', "owner", "no role in a school"),
    ('owner = "special_educator"', 'owner = "social_services"', "owner", "no role in a school"),
    ("decided_on = 2018-02-01\n", "", "decided_on", "missing"),
    ('by = "Rektor, Almskolan"\n', "", "by", "missing"),
    ("[[forms]]", "[[counters]]\nid = 'x'\n\n[[forms]]", "counters", "cannot change this part"),
    ("[[forms]]", "[[rules]]\nid = 'x'\n\n[[forms]]", "rules", "cannot change this part"),
    ("[[forms]]", "[[silence]]\nrole = 'owner'\n\n[[forms]]", "silence", "cannot change this"),
    ("within = 10", "within = 10\nleads_to = []", "leads_to", "no such key"),
    ("within = 10", "within = 10\nleft_out = true", "left_out", "no such key"),
    ('step = "investigation"', 'step = "conversation"', "step", "stands twice"),
    ('forms = "home-visit"\n', "", "id", "no step has this form"),
    ("schema = 1", "schema = 2", "schema", "not known"),
]


@pytest.mark.parametrize(("old", "new", "key", "problem"), REFUSED)
def test_what_a_school_may_not_write_is_refused(old: str, new: str, key: str, problem: str) -> None:
    assert old in FILE
    found = check_adaptation(FILE.replace(old, new, 1).encode())
    assert [(fault.column, problem in fault.problem) for fault in found] == [(key, True)]
    assert all(fault.line and fault.remedy for fault in found)


MISFITS = [
    ('deadline = "5 school-days"', 'deadline = "10 school-days"', "deadline", "not shorter"),
    ('deadline = "5 school-days"', 'deadline = "20 school-days"', "deadline", "not shorter"),
    ('deadline = "5 school-days"', 'deadline = "5 days"', "deadline", "not shorter"),
    ('deadline = "5 school-days"', 'deadline = "promptly"', "deadline", "not shorter"),
    ('deadline = "5 school-days"', "within = 5", "within", "not fewer"),
    ("within = 10", "within = 15", "within", "not fewer"),
    ("within = 10", 'deadline = "10 school-days"', "deadline", "not shorter"),
    ('deadline = "10 school-days"', 'deadline = "20 school-days"', "deadline", "not shorter"),
    ('owner = "special_educator"', 'owner = "mentor"', "owner", "already"),
    ('step = "investigation"', 'step = "moon"', "step", "nothing called moon"),
    ('forms = "home-visit"', 'forms = ["home-visit", "moon"]', "forms", "nothing called moon"),
    ('forms = "home-visit"', 'forms = ["home-visit", "teacher-documentation"]', "forms", "already"),
    ('steps = "conversation"', 'steps = "moon"', "steps", "nothing called moon"),
    ('id = "siblings"', 'id = "concern"', "id", "has its own concern"),
    ("version = 3", "version = 1", "version", "written for version 1"),
    ('"boras-2018"', '"boras-2016"', "programme", "written for boras-2016"),
]


@pytest.mark.parametrize(("old", "new", "key", "problem"), MISFITS)
def test_what_does_not_fit_the_common_version_is_refused(
    old: str, new: str, key: str, problem: str
) -> None:
    assert old in FILE
    with pytest.raises(InputRefused) as refused:
        adapted(FILE.replace(old, new, 1))
    found = refused.value.faults
    assert [(fault.column, problem in fault.problem) for fault in found] == [(key, True)]
    assert all(fault.remedy for fault in found)


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    text = FILE
    for old, new, _, _ in (MISFITS[0], MISFITS[5], MISFITS[12], MISFITS[14]):
        text = text.replace(old, new, 1)
    with pytest.raises(InputRefused) as refused:
        adapted(text)
    assert [fault.column for fault in refused.value.faults] == [
        *("version", "deadline", "within", "steps")
    ]


def test_when_the_common_version_moves_it_is_said_what_no_longer_fits() -> None:
    adaptation = read_adaptation(FILE.encode())
    steps = tuple(
        replace(step, within=8) if step.id == "investigation" else step
        for step in COMMON.steps
        if step.id != "consultation"
    )
    later = replace(COMMON, version=4, steps=steps)
    assert [(fault.table, fault.column) for fault in misfits(later, adaptation)] == [
        ("steps[2]", "within"),
        ("steps[3]", "step"),
    ]
    with pytest.raises(InputRefused):
        moved_to(later, adaptation)


def test_an_adaptation_that_still_fits_is_moved_knowingly() -> None:
    adaptation = read_adaptation(FILE.encode())
    later = replace(COMMON, version=4)
    with pytest.raises(InputRefused, match="1 fault"):
        adapt(later, adaptation)
    moved = moved_to(later, adaptation)
    assert moved.version == 4
    assert moved.fingerprint != adaptation.fingerprint
    assert adapt(later, moved).step("conversation") == adapted().step("conversation")
