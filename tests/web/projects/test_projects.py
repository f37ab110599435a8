"""A project's page: what was decided, who takes part, what was measured, as known on the day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Town

from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.projects.models import Answer, Goal, Phase, Project, Reading, Step
from narvaro.web.projects.pages import parts_of, places_of

START = date(2026, 8, 1)


@pytest.fixture
def project(town: Town) -> Project:
    made = Project.objects.create(name="Närvaro i Linnåsa", programme="boras-2016", from_on=START)
    made.authorities.add(town.authority)
    return made


@pytest.fixture
def leader(town: Town) -> Client:
    return town.browser(Role.PROJECT_LEADER, "linnasa")


def note(project: Project, kind: str) -> str:
    return reverse("project_add", args=[project.public_id, kind])


def test_every_kind_of_note_can_be_added_and_stands_on_the_page(
    project: Project, leader: Client, town: Town
) -> None:
    school = str(town.units["almskolan"].pk)
    notes = {
        "fas": {"name": "Start i tre skolor", "from_on": "2026-08-01"},
        "andring": {"decided_on": "2026-09-01", "decision": "Styrgruppen", "text": "Ny gräns"},
        "skola": {"school": school, "answer": "joined", "arm": "project", "on": "2026-08-20"},
        "mal": {"part": "registration", "text": "Allt kvitterat", "target": "95", "unit": "%"},
        "antagande": {"text": "Fem elever per klass"},
        "avvikelse": {"text": "Schemat sent", "consequence": "Ett läsår kort", "on": "2026-09-02"},
        "besok": {"school": school, "on": "2026-09-03", "text": "Genomgång av kvittering"},
        "handelse": {"school": school, "kind": "principal", "on": "2026-09-04", "text": "Tillträdde"},
        "uppgift": {
            "topic": "Antal skolor",
            "statement": "Sex skolor",
            "source": "Rapporten",
            "dated_on": "2026-09-05",
        },
    }  # fmt: skip
    for kind, told in notes.items():
        assert leader.post(note(project, kind), told).status_code == 302, kind
    goal = Goal.objects.get()
    value = {"goal": goal.public_id, "value": "93.1", "on": "2026-10-01", "source": "Avstämning"}
    assert leader.post(note(project, "varde"), value).status_code == 302

    page = leader.get(reverse("project", args=[project.public_id])).content.decode()

    for words in (
        "Start i tre skolor", "Ny gräns", "almskolan", "Allt kvitterat", "Fem elever per klass",
        "Ett läsår kort", "Genomgång av kvittering", "Tillträdde", "Sex skolor", "93,1",
    ):  # fmt: skip
        assert words in page
    assert Entry.objects.filter(kind=Kind.WRITE, action="projects.add").count() == len(notes) + 1


def test_a_value_has_no_nought_at_its_end_and_keeps_its_unit(
    project: Project, leader: Client
) -> None:
    for target, value in (("95", "93.9"), ("94.25", "-0.5")):
        goal = Goal.objects.create(
            project=project, part="registration", text="Mål", target=target, unit="%"
        )
        for month, said in ((8, "88.2"), (9, value)):
            Reading.objects.create(
                project=project, goal=goal, value=said, on=date(2026, month, 3), source="A"
            )

    page = leader.get(reverse("project", args=[project.public_id])).content.decode()

    for words in ("93,9\xa0%", "95\xa0%", "94,25\xa0%", "\u22120,5\xa0%", "Ändring 5,7 sedan"):
        assert words in page
    assert "93,90" not in page


def test_a_note_with_a_missing_day_is_told_where_and_nothing_is_kept(
    project: Project, leader: Client
) -> None:
    answer = leader.post(note(project, "fas"), {"name": "Utan dag", "from_on": "i går"})

    assert answer.status_code == 422
    assert "Det här återstår" in answer.content.decode()
    assert 'value="Utan dag"' in answer.content.decode()
    assert not Phase.objects.exists()


def test_the_second_of_two_editors_is_told_and_keeps_the_draft(
    project: Project, leader: Client, town: Town
) -> None:
    phase = Phase.objects.create(project=project, name="Fas ett", from_on=START)
    url = reverse("project_change", args=[project.public_id, "fas", phase.public_id])
    opened = {"version": "1", "from_on": "2026-08-01"}

    first = leader.post(url, opened | {"name": "Den förstas"})
    other = town.browser(Role.PROJECT_LEADER, "linnasa")
    second = other.post(url, opened | {"name": "Den andras"})

    assert (first.status_code, second.status_code) == (302, 409)
    said = second.content.decode()
    assert "Någon annan hann ändra" in said
    assert "Den förstas" in said
    assert 'value="Den andras"' in said
    phase.refresh_from_db()
    assert (phase.name, phase.version) == ("Den förstas", 2)


def test_a_school_that_left_stands_last_and_keeps_its_steps(project: Project, town: Town) -> None:
    for name, steps in {"almskolan": ("joined", "left"), "bjorkskolan": ("joined", "live")}.items():
        for number, answer in enumerate(steps):
            Step.objects.create(
                project=project, school=town.units[name], answer=answer, arm="project",
                on=date(2026, 9 + number, 1),
            )  # fmt: skip
    Step.objects.create(project=project, other="Grannby", answer="declined", on=START)

    before = {one.name: one.state for one in places_of(project, date(2026, 9, 15))}
    after = places_of(project, date(2026, 10, 15))

    assert before["almskolan"] == Answer.JOINED
    assert [(one.name, one.state) for one in after] == [
        ("bjorkskolan", Answer.LIVE),
        ("almskolan", Answer.LEFT),
        ("Grannby", Answer.DECLINED),
    ]
    assert [one.answer for one in after[1].steps] == ["joined", "left"]


def test_phases_overlap_and_go_on_after_the_project(project: Project) -> None:
    Phase.objects.create(project=project, name="A", part="routine", from_on=START)
    Phase.objects.create(
        project=project, name="B", part="routine", from_on=date(2026, 9, 1), to_on=date(2028, 1, 1)
    )

    routine = parts_of(project, date(2026, 10, 1))[1]

    assert [one.name for one in routine.phases] == ["A", "B"]


def test_a_goal_shows_what_was_known_on_the_day(project: Project) -> None:
    goal = Goal.objects.create(project=project, part="registration", text="95 %", target=95)
    for month, value in ((9, "91.0"), (10, "96.0")):
        Reading.objects.create(
            project=project, goal=goal, value=value, on=date(2026, month, 30), source="Avstämning"
        )

    early = parts_of(project, date(2026, 10, 1))[0].goals[0]
    late = parts_of(project, date(2026, 11, 1))[0].goals[0]

    assert (early.newest and early.newest.value, early.is_reached) == (Decimal("91.00"), False)
    assert (late.change, late.is_reached) == (Decimal("5.00"), True)
    assert parts_of(project, START)[0].goals[0].is_reached is None


def test_another_authority_does_not_find_the_project(project: Project, town: Town) -> None:
    project.authorities.clear()

    answer = town.browser(Role.PROJECT_LEADER, "linnasa").get(
        reverse("project", args=[project.public_id])
    )

    assert answer.status_code == 404


def test_a_step_names_a_school_or_another_place_and_never_both(
    project: Project, town: Town
) -> None:
    school = town.units["almskolan"]
    with pytest.raises(IntegrityError, match="a_step_is_of_a_school"), transaction.atomic():
        Step.objects.create(project=project, school=school, other="X", answer="asked", on=START)
    with pytest.raises(IntegrityError, match="a_step_is_of_a_school"), transaction.atomic():
        Step.objects.create(project=project, answer="asked", on=START)


def test_a_project_and_a_phase_end_no_earlier_than_they_start(project: Project) -> None:
    before = date(2026, 7, 1)
    with pytest.raises(IntegrityError, match="a_phase_ends_after"), transaction.atomic():
        Phase.objects.create(project=project, name="X", from_on=START, to_on=before)
    with pytest.raises(IntegrityError, match="a_project_ends_after"), transaction.atomic():
        Project.objects.create(name="X", programme="x", from_on=START, to_on=before)
    with pytest.raises(ValidationError):
        Phase(project=project, name="X", from_on=START, to_on=before).full_clean()
