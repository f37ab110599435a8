"""A case from its opening to its end: steps, decisions, reasons, clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.web.cases.conftest import School, documented, enrolled

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.cases import actions
from narvaro.web.cases.actions import Decided
from narvaro.web.cases.models import (
    Case,
    CauseLevel,
    CauseWord,
    Decision,
    OpenedBecause,
    Step,
    Task,
    TaskKind,
)

WHY = "Hemmet och skolan är överens."


def opened(school: School) -> Case:
    return actions.open_case(
        school.pupil, because=OpenedBecause.FLAG, by=school.by(Role.MENTOR), at=school.now
    )


def at_step(case: Case) -> Step:
    return case.steps.get(decided_at__isnull=True)


def decide(school: School, step: Step, decided: Decided, role: Role = Role.MENTOR) -> Step | None:
    step.refresh_from_db()
    return actions.decide(step, decided, version=step.version, by=school.by(role), at=school.now)


def test_a_case_begins_with_the_conversation_and_the_mentor_owns_it(school: School) -> None:
    case = opened(school)
    step = at_step(case)

    assert case.owner == step.owner == school.account(Role.MENTOR)
    assert step.step == "conversation"
    assert step.due_on == date(2026, 12, 16)  # ten school days after 2 December
    assert [
        one.action for one in Entry.objects.filter(action__startswith="cases.").order_by("number")
    ] == [
        "cases.begin_step",
        "cases.open",
    ]


def test_a_pupil_has_one_open_case(school: School) -> None:
    opened(school)

    with pytest.raises(Refused, match="redan ett öppet ärende"):
        opened(school)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(
            **{
                name: getattr(Case.objects.get(), name)
                for name in (
                    *("pupil", "authority", "school", "owner", "routine"),
                    *("opened_at", "opened_on", "opened_by", "opened_because"),
                )
            }
        )


@pytest.mark.parametrize(
    ("decided", "why"),
    [
        (Decided(Decision.CLOSE, " "), "Skriv ett skäl"),
        (Decided(Decision.CLOSE, WHY), "inte signerat"),
        (Decided(Decision.NEXT, WHY, leads_to="investigation"), "enligt rutinen"),
        (Decided(Decision.NEXT, WHY), "enligt rutinen"),
        (Decided(Decision.WATCH, WHY), "det närmaste året"),
        (Decided(Decision.WATCH, WHY, watch_until=date(2026, 12, 2)), "det närmaste året"),
    ],
)
def test_a_decision_that_the_routine_does_not_allow_is_refused(
    school: School, decided: Decided, why: str
) -> None:
    step = at_step(opened(school))

    with pytest.raises(Refused, match=why):
        decide(school, step, decided)
    step.refresh_from_db()
    assert step.is_open


def test_going_on_begins_the_next_step_for_who_answers_for_it(school: School) -> None:
    case = opened(school)
    step = at_step(case)
    documented(school, step)

    following = decide(school, step, Decided(Decision.NEXT, WHY, leads_to="student-health"))

    assert following is not None
    assert following.owner == school.account(Role.PRINCIPAL)
    assert at_step(case) == following


def test_watching_leaves_a_task_for_the_owner_on_the_day(school: School) -> None:
    case = opened(school)
    documented(school, at_step(case))
    until = school.day + timedelta(days=40)

    decide(school, at_step(case), Decided(Decision.WATCH, WHY, watch_until=until))

    task = case.tasks.get()
    assert (task.kind, task.to, task.due_on) == (TaskKind.WATCHED, case.owner, until)


def test_closing_closes_the_case_and_its_tasks_with_the_reason(school: School) -> None:
    case = opened(school)
    documented(school, at_step(case))

    decide(school, at_step(case), Decided(Decision.CLOSE, WHY))

    case.refresh_from_db()
    assert (case.closing_reason, case.closed_by) == (WHY, school.account(Role.MENTOR))
    assert not case.tasks.filter(done_at__isnull=True).exists()


def test_of_two_who_decide_at_once_the_second_is_told(school: School) -> None:
    step = at_step(opened(school))
    documented(school, step)
    version = step.version
    mine = Decided(Decision.NEXT, WHY, leads_to="student-health")
    actions.decide(step, mine, version=version, by=school.by(Role.MENTOR), at=school.now)

    with pytest.raises(ChangedMeanwhile):
        actions.decide(
            step,
            replace(mine, reason="Ett annat skäl"),
            version=version,
            by=school.by(Role.PRINCIPAL),
            at=school.now,
        )
    assert Step.objects.get(pk=step.pk).reason == WHY


def test_a_step_is_not_decided_after_the_case_was_closed(school: School) -> None:
    case = opened(school)
    step = at_step(case)
    documented(school, step)
    later = Step.objects.create(
        case=case, step="collaboration", owner=case.owner, began_at=school.now, began_on=school.day
    )
    decide(school, step, Decided(Decision.CLOSE, WHY))

    with pytest.raises(ChangedMeanwhile):
        decide(school, later, Decided(Decision.CLOSE, WHY))


def test_lifting_a_step_gives_it_to_the_principal(school: School) -> None:
    case = opened(school)

    decide(school, at_step(case), Decided(Decision.ESCALATE, "Hemmet svarar inte."))

    assert (at_step(case).step, at_step(case).owner) == (
        "conversation",
        school.account(Role.PRINCIPAL),
    )


def to_investigation(school: School) -> Case:
    case = opened(school)
    documented(school, at_step(case))
    step = decide(school, at_step(case), Decided(Decision.NEXT, WHY, leads_to="student-health"))
    assert step is not None
    documented(school, step, Role.PRINCIPAL)
    going = Decided(Decision.NEXT, WHY, leads_to="investigation")
    decide(school, step, going, Role.PRINCIPAL)
    return case


def test_an_investigation_begins_the_notification_beside_it(school: School) -> None:
    case = to_investigation(school)

    begun = {one.step: one.owner for one in case.steps.filter(decided_at__isnull=True)}
    assert begun == {
        "investigation": school.account(Role.SCHOOL_COUNSELLOR),
        "notification": school.account(Role.PRINCIPAL),
    }


def test_an_investigation_ends_with_what_the_absence_may_come_from(school: School) -> None:
    case = to_investigation(school)
    step = case.steps.get(step="investigation")
    documented(school, step, Role.SCHOOL_COUNSELLOR)
    going = Decided(Decision.NEXT, WHY, leads_to="follow-up")

    with pytest.raises(Refused, match="vad frånvaron kan bero på"):
        decide(school, step, going, Role.SCHOOL_COUNSELLOR)
    actions.add_cause(
        case,
        level=CauseLevel.SCHOOL,
        word=CauseWord.TEACHING,
        by=school.by(Role.SCHOOL_COUNSELLOR),
        at=school.now,
    )
    assert decide(school, step, going, Role.SCHOOL_COUNSELLOR) is not None


def test_a_case_is_not_closed_over_the_notification(school: School) -> None:
    case = to_investigation(school)
    step = case.steps.get(step="investigation")
    documented(school, step, Role.SCHOOL_COUNSELLOR)
    actions.add_cause(
        case,
        level=CauseLevel.PEERS,
        word=CauseWord.FRIENDS,
        by=school.by(Role.SCHOOL_COUNSELLOR),
        at=school.now,
    )

    with pytest.raises(Refused, match="lagen kräver"):
        decide(school, step, Decided(Decision.CLOSE, WHY), Role.SCHOOL_COUNSELLOR)


def test_a_closed_case_stands_and_another_continues_it(school: School) -> None:
    case = opened(school)
    documented(school, at_step(case))
    decide(school, at_step(case), Decided(Decision.CLOSE, WHY))
    case.refresh_from_db()

    made = actions.reopen(
        case, why="Ny frånvaro", version=case.version, by=school.by(Role.MENTOR), at=school.now
    )

    assert made.reopens == case
    assert (made.is_open, case.closing_reason) == (True, WHY)


def test_a_preschool_child_has_a_compartment_of_its_own(school: School) -> None:
    child = enrolled(school.town, "liten", school="almskolan", group="", grade="preschool")

    case = actions.open_case(
        child, because=OpenedBecause.GUARDIAN, by=school.by(Role.PRINCIPAL), at=school.now
    )

    assert case.compartment == "preschool"


def test_a_forced_move_is_made_once_and_asks_a_named_person(school: School) -> None:
    for _ in range(2):
        actions.make_task(
            school.pupil,
            school.town.units["almskolan"],
            kind=TaskKind.FORCED_MOVE,
            about="third-flag 2026/27",
            to=school.account(Role.SCHOOL_COUNSELLOR),
            at=school.now,
            on=school.day,
        )
    task = Task.objects.get()

    with pytest.raises(Refused, match="varför"):
        actions.answer_task(
            task, " ", version=task.version, by=school.by(Role.SCHOOL_COUNSELLOR), at=school.now
        )
    actions.answer_task(
        task, "Tas upp", version=task.version, by=school.by(Role.SCHOOL_COUNSELLOR), at=school.now
    )
    assert Task.objects.get().answer == "Tas upp"


@pytest.mark.parametrize("until", [date.min, date(2026, 12, 2), date(2028, 1, 7), date.max])
def test_a_case_is_not_watched_until_a_day_that_has_been_or_that_nobody_lives_to_see(
    school: School, until: date
) -> None:
    case = opened(school)
    step = case.steps.get()
    documented(school, step)
    watch = Decided(Decision.WATCH, "Går bättre", outcome="watched", watch_until=until)

    with pytest.raises(Refused, match="det närmaste året"):
        actions.decide(step, watch, version=step.version, by=school.by(Role.MENTOR), at=school.now)
    assert not case.tasks.exists()
