"""Student health's agenda is made of the cases, and what it decides becomes steps."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.web.cases.conftest import School, documented

from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.models import Case, Decision, OpenedBecause, Step, Task, TaskKind
from narvaro.web.meetings import actions as meetings
from narvaro.web.meetings.actions.deciding import Decided, Thought
from narvaro.web.meetings.actions.planning import Plan
from narvaro.web.meetings.models import AgendaItem, Kind, Meeting, Series
from narvaro.web.meetings.registry import NotTaken, follow_up_of
from narvaro.web.pupils.models import Protection


def planned(school: School) -> Meeting:
    series = Series.objects.create(
        school=school.town.units["almskolan"],
        kind=Kind.STUDENT_HEALTH,
        name="Elevhälsomöte",
        chair=school.account(Role.PRINCIPAL),
        professions=[str(Role.PRINCIPAL), str(Role.SCHOOL_COUNSELLOR)],
    )
    plan = Plan(school.now + timedelta(days=7), 120, "rum 118", series.chair)
    return meetings.plan_meeting(
        series=series, plan=plan, by=school.by(Role.PRINCIPAL), at=school.now
    )


def in_student_health(school: School) -> Case:
    return actions.open_case(
        school.pupil,
        because=OpenedBecause.FLAG,
        step="student-health",
        by=school.by(Role.PRINCIPAL),
        at=school.now,
    )


def third_flag(school: School) -> Task:
    return actions.make_task(
        school.pupil,
        school.town.units["almskolan"],
        kind=TaskKind.FORCED_MOVE,
        about="third-flag 2026/27",
        to=school.account(Role.SCHOOL_COUNSELLOR),
        at=school.now,
        on=school.day,
    )


def decide(school: School, item: AgendaItem, word: str, owner: Role = Role.PRINCIPAL) -> None:
    label = next(one["label"] for one in item.choices if one["word"] == word)
    decided = Decided(word, label, "Vi vet inte vad den beror på.", school.account(owner))
    meetings.decide(item=item, decided=decided, by=school.by(Role.PRINCIPAL), at=school.now)


def analysed(school: School, item: AgendaItem) -> None:
    meetings.analyse(
        item=item,
        thought=Thought("Följer matematikproven.", "", "Slöjd och bild."),
        version=0,
        by=school.by(Role.PRINCIPAL),
        at=school.now,
    )


def test_a_case_in_student_health_stands_on_the_agenda_with_what_can_be_decided(
    school: School,
) -> None:
    case = in_student_health(school)

    item = planned(school).items.get()

    assert item.pupil == school.pupil
    assert item.source_key == f"step:{case.steps.get().public_id}"
    assert "next.investigation." in [one["word"] for one in item.choices]


def test_a_decision_of_the_meeting_begins_the_next_step(school: School) -> None:
    case = in_student_health(school)
    item = planned(school).items.get()
    analysed(school, item)

    decide(school, item, "next.investigation.", Role.SCHOOL_COUNSELLOR)

    step = case.steps.get(step="investigation")
    assert step.owner == school.account(Role.SCHOOL_COUNSELLOR)
    assert case.steps.get(step="student-health").reason == "Vi vet inte vad den beror på."


def test_without_an_analysis_the_meeting_is_told_what_is_missing(school: School) -> None:
    case = in_student_health(school)
    item = planned(school).items.get()

    with pytest.raises(NotTaken, match="inte signerat"):
        decide(school, item, "next.investigation.")
    assert case.steps.get().is_open
    assert not hasattr(AgendaItem.objects.get(pk=item.pk), "decision")


def test_a_case_that_was_decided_meanwhile_stops_the_meetings_decision(school: School) -> None:
    in_student_health(school)
    item = planned(school).items.get()
    analysed(school, item)
    step = Step.objects.get()
    documented(school, step, Role.PRINCIPAL)
    actions.decide(
        step,
        actions.Decided(Decision.CLOSE, "Klart"),
        version=step.version,
        by=school.by(Role.PRINCIPAL),
        at=school.now,
    )

    with pytest.raises(NotTaken, match="redan beslutat"):
        decide(school, item, "next.investigation.")


def test_the_third_flag_stands_first_and_is_taken_up_or_left(
    school: School, tmp_path: Path, settings: Settings
) -> None:
    shipped = resources.files("narvaro.demo") / "linnasa.toml"
    (tmp_path / "linnasa.toml").write_text(shipped.read_text("utf-8"), "utf-8")
    settings.PROGRAMME_FOLDER = tmp_path
    task = third_flag(school)
    item = planned(school).items.get()

    decide(school, item, "take_up")

    task.refresh_from_db()
    case = Case.objects.get()
    assert task.case == case
    assert case.steps.get().step == "student-health"


def test_a_protected_pupil_stands_on_no_agenda(school: School) -> None:
    in_student_health(school)
    third_flag(school)
    school.pupil.protection = Protection.MARKED
    school.pupil.save()

    assert not planned(school).items.exists()


def test_the_next_meeting_sees_how_it_went(school: School) -> None:
    in_student_health(school)
    item = planned(school).items.get()
    analysed(school, item)
    decide(school, item, "next.investigation.")
    decision = AgendaItem.objects.get(pk=item.pk).decision

    assert (
        follow_up_of(school.by(Role.PRINCIPAL), [decision])[decision.public_id].outcome == "ongoing"
    )
    school.day += timedelta(days=90)
    assert follow_up_of(school.by(Role.PRINCIPAL), [decision])[decision.public_id].outcome == "late"


def test_what_the_routine_forces_later_stands_on_no_earlier_agenda_or_list(school: School) -> None:
    task = third_flag(school)
    browser = school.town.signed_in(school.posts[Role.SCHOOL_COUNSELLOR])
    Task.objects.update(made_on=date(2020, 1, 7))
    assert task.public_id in browser.get("/arenden/uppgifter/").content.decode()

    Task.objects.update(made_on=date(9000, 1, 1))

    assert not planned(school).items.exists()
    assert task.public_id not in browser.get("/arenden/uppgifter/").content.decode()
