"""Owners who leave, pupils who move and schools that leave the programme: somebody always answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web.cases.conftest import enrolled
from tests.web.inbox.conftest import School, row, run_of

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry
from narvaro.web.cases import actions
from narvaro.web.cases.models import Case, OpenedBecause, Task, TaskKind
from narvaro.web.inbox.keeping import Kept, in_the_funnel, keep
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.taking import take_run
from narvaro.web.projects.models import Answer, Project, Step
from narvaro.web.pupils.models import Enrolment


def opened(school: School) -> Case:
    return actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )


def flagged(school: School) -> Flag:
    take_run(run_of([row("7B-14")]), authority=school.town.authority, now=school.now)
    return Flag.objects.get()


def leaves(school: School, role: Role) -> None:
    yesterday = school.day - timedelta(days=1)
    Assignment.objects.filter(pk=school.posts[role].pk).update(to_on=yesterday)


def project(school: School) -> Project:
    made = Project.objects.create(name="P", programme="provbygd", from_on=school.day)
    made.authorities.add(school.town.authority)
    return made


def step(school: School, made: Project, answer: Answer, days: int, name: str = "almskolan") -> None:
    unit = school.town.units[name]
    on = school.day + timedelta(days=days)
    Step.objects.create(project=made, school=unit, answer=answer, on=on)


def test_while_everybody_stays_nothing_is_done(school: School) -> None:
    opened(school)
    flagged(school)

    assert keep(school.now) == Kept()
    assert not Task.objects.exists()


def test_who_left_leaves_cases_and_steps_to_who_answers_now_and_the_principal_is_asked(
    school: School,
) -> None:
    case = opened(school)
    leaves(school, Role.MENTOR)

    assert keep(school.now).handed_on == 1
    assert keep(school.now) == Kept()

    case.refresh_from_db()
    principal = school.account(Role.PRINCIPAL)
    assert case.owner == principal
    assert {one.owner for one in case.steps.all()} == {principal}
    task = Task.objects.get(kind=TaskKind.OWNER_LEFT)
    assert (task.to, task.case) == (principal, case)
    assert case.hand_overs.get().why


@pytest.mark.parametrize("has_case", [True, False])
def test_what_the_routine_forced_stays_with_student_health_when_one_of_them_leaves(
    school: School, has_case: bool
) -> None:
    task = actions.make_task(
        school.pupil,
        school.town.units["almskolan"],
        kind=TaskKind.FORCED_MOVE,
        about="third-flag 2026/27",
        case=opened(school) if has_case else None,
        to=school.account(Role.SCHOOL_COUNSELLOR),
        at=school.now,
        on=school.day,
    )
    leaves(school, Role.SCHOOL_COUNSELLOR)

    keep(school.now)

    task.refresh_from_db()
    assert task.to == school.account(Role.SCHOOL_NURSE)
    told = Entry.objects.filter(action="cases.give_on")
    assert [f"task:{task.public_id}" in one.subjects for one in told] == [True]


def test_a_closed_account_is_somebody_who_left(school: School) -> None:
    case, flag = opened(school), flagged(school)
    Account.objects.filter(pk=school.account(Role.MENTOR).pk).update(is_active=False)

    kept = keep(school.now)

    assert (kept.handed_on, kept.flags) == (1, 1)
    case.refresh_from_db()
    flag.refresh_from_db()
    assert case.owner == flag.owner == school.account(Role.PRINCIPAL)


def test_a_flag_follows_who_answers_for_the_class_today(school: School) -> None:
    flag = flagged(school)
    leaves(school, Role.MENTOR)
    new = school.town.somebody(Role.MENTOR, "almskolan/7B").account

    keep(school.now)

    flag.refresh_from_db()
    assert flag.owner == new


def test_a_pupil_who_changed_school_takes_case_and_flag_along(school: School) -> None:
    case, flag = opened(school), flagged(school)
    mentor = school.town.somebody(Role.MENTOR, "bjorkskolan/7A").account
    Enrolment.objects.filter(pupil=school.pupil).update(to_on=school.day - timedelta(days=1))
    Enrolment.objects.create(
        pupil=school.pupil,
        school_key="bjorkskolan",
        class_key="bjorkskolan/7A",
        grade="7",
        from_on=school.day,
    )

    assert keep(school.now).moved == 1
    assert keep(school.now) == Kept()

    case.refresh_from_db()
    flag.refresh_from_db()
    there = school.town.units["bjorkskolan"]
    assert (case.school, flag.school) == (there, there)
    assert case.owner == flag.owner == mentor
    assert Task.objects.get(kind=TaskKind.MOVED_HERE).to == mentor


def test_a_school_that_leaves_asks_about_each_open_case_once(school: School) -> None:
    case, made = opened(school), project(school)
    step(school, made, Answer.JOINED, -100)
    step(school, made, Answer.LEFT, 0)

    assert keep(school.now).left == 1
    task = Task.objects.get(kind=TaskKind.SCHOOL_LEFT)
    assert (task.to, task.case) == (school.account(Role.MENTOR), case)
    actions.answer_task(
        task,
        "Fortsätter enligt kommunens rutin",
        version=task.version,
        by=school.by(Role.MENTOR),
        at=school.now,
    )
    assert keep(school.now).left == 0
    case.refresh_from_db()
    assert case.is_open


def test_only_open_cases_of_schools_in_the_programme_are_in_its_funnel(school: School) -> None:
    opened(school)
    other = enrolled(school.town, "7A-1", school="bjorkskolan", group="bjorkskolan/7A")
    there = school.town.somebody(Role.PRINCIPAL, "bjorkskolan")
    assert there.account is not None
    by = Viewer(there.account, there, school.day, school.now)
    theirs = actions.open_case(other, because=OpenedBecause.STAFF, by=by, at=school.now)
    made = project(school)
    for name in ("almskolan", "bjorkskolan"):
        step(school, made, Answer.JOINED, -100, name)
    authority = school.town.authority
    assert in_the_funnel(authority, school.day).count() == 2

    step(school, made, Answer.LEFT, 0)
    assert list(in_the_funnel(authority, school.day)) == [theirs]
    assert in_the_funnel(authority, school.day - timedelta(days=1)).count() == 0
    step(school, made, Answer.JOINED, 0)
    assert in_the_funnel(authority, school.day).count() == 2
