"""P12: a school left in the middle; its open cases are asked about, and counted no more."""

from __future__ import annotations

from datetime import timedelta

from tests.web.cases.conftest import School

from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.models import OpenedBecause, TaskKind
from narvaro.web.inbox.keeping import in_the_funnel, keep
from narvaro.web.projects.models import Answer, Project, Step


def test_its_open_cases_go_on_or_are_closed_by_a_person_and_leave_the_funnel(
    school: School,
) -> None:
    case = actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )
    project = Project.objects.create(name="P", programme="provbygd", from_on=school.day)
    project.authorities.add(school.town.authority)
    for answer, days in ((Answer.JOINED, -100), (Answer.LEFT, 30)):
        Step.objects.create(
            project=project,
            school=school.town.units["almskolan"],
            answer=answer,
            on=school.day + timedelta(days=days),
        )
    authority = school.town.authority
    keep(school.now)
    assert not case.tasks.exists()
    assert in_the_funnel(authority, school.day).count() == 1

    school.day += timedelta(days=30)
    keep(school.now)

    case.refresh_from_db()
    assert case.is_open
    assert case.tasks.get().kind == TaskKind.SCHOOL_LEFT
    assert case.tasks.get().to == school.account(Role.MENTOR)
    assert not in_the_funnel(authority, school.day).exists()
