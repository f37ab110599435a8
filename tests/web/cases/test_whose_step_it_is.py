"""Class staff end their own steps; what the routine gave to others they neither stop nor take."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.web.cases.conftest import School, documented, enrolled

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.actions import Decided
from narvaro.web.cases.models import Case, Decision, OpenedBecause, Step, TaskKind
from narvaro.web.cases.queue import APART, queue

WHY = "Vi är överens."


def in_student_health(school: School) -> Case:
    """A case of the mentor's, whose step the routine has given to the principal."""
    case = actions.open_case(
        school.pupil, because=OpenedBecause.FLAG, by=school.by(Role.MENTOR), at=school.now
    )
    step = case.steps.get()
    documented(school, step)
    decide(school, step, Decided(Decision.NEXT, WHY, leads_to="student-health"), Role.MENTOR)
    return case


def decide(school: School, step: Step, decided: Decided, role: Role) -> None:
    actions.decide(step, decided, version=step.version, by=school.by(role), at=school.now)


def open_step(case: Case) -> Step:
    return case.steps.get(decided_at__isnull=True)


def test_a_mentor_does_not_close_what_student_health_has_in_the_mentors_own_case(
    school: School,
) -> None:
    case = in_student_health(school)
    documented(school, open_step(case), Role.PRINCIPAL)

    with pytest.raises(Refused, match="principal beslutar"):
        decide(school, open_step(case), Decided(Decision.CLOSE, WHY), Role.MENTOR)

    decide(school, open_step(case), Decided(Decision.CLOSE, WHY), Role.SCHOOL_COUNSELLOR)
    case.refresh_from_db()
    assert not case.is_open


def test_a_part_of_somebody_elses_case_is_not_the_case_to_hand_over(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narvaro.web.accounts.doors.now_of", lambda _request: school.now)
    monkeypatch.setattr("narvaro.web.accounts.doors.today_of", lambda _request: school.day)
    case = in_student_health(school)
    teacher = school.town.somebody(Role.TEACHER, "almskolan/7B", name="Ingrid Provdal")
    Step.objects.filter(case=case, decided_at__isnull=True).update(owner=teacher.account)
    client = school.town.signed_in(teacher)

    assert client.get(reverse("case", args=[case.public_id])).status_code == 200
    assert client.get(reverse("case_hand_over", args=[case.public_id])).status_code == 404


def test_a_mentor_does_not_take_over_a_step_of_student_health(school: School) -> None:
    step = open_step(in_student_health(school))

    with pytest.raises(Refused, match="principal beslutar"):
        actions.take_step(step, version=step.version, by=school.by(Role.MENTOR), at=school.now)
    actions.take_step(
        step, version=step.version, by=school.by(Role.SCHOOL_COUNSELLOR), at=school.now
    )


def test_a_step_that_was_lifted_is_not_taken_back_by_class_staff(school: School) -> None:
    case = actions.open_case(
        school.pupil, because=OpenedBecause.FLAG, by=school.by(Role.MENTOR), at=school.now
    )
    decide(school, open_step(case), Decided(Decision.ESCALATE, "Når inte hemmet"), Role.MENTOR)
    step = open_step(case)

    with pytest.raises(Refused, match="principal beslutar"):
        actions.take_step(step, version=step.version, by=school.by(Role.MENTOR), at=school.now)


def test_the_page_shows_a_mentor_whose_decision_it_is_and_no_form(school: School) -> None:
    case = in_student_health(school)

    page = school.town.signed_in(school.posts[Role.MENTOR]).get(f"/arenden/{case.public_id}/")

    assert "principal beslutar i steget" in page.content.decode()
    assert 'name="way"' not in page.content.decode()
    assert "Ta över steget" not in page.content.decode()


def test_many_moves_that_the_routine_forces_are_one_row_and_a_list(school: School) -> None:
    school.day = date(2026, 1, 7)  # the browser's day is the real one, and later
    for number in range(APART + 1):
        pupil = enrolled(school.town, f"7B-{number + 20}", school="almskolan", group="almskolan/7B")
        actions.make_task(
            pupil,
            school.town.units["almskolan"],
            kind=TaskKind.FORCED_MOVE,
            about="third-flag 2026/27",
            to=school.account(Role.SCHOOL_COUNSELLOR),
            at=school.now,
            on=school.day,
        )

    (row,) = queue(school.by(Role.SCHOOL_COUNSELLOR))
    assert row.title == f"{APART + 1} elever · rutinen för ärendet vidare"

    client = school.town.signed_in(school.posts[Role.SCHOOL_COUNSELLOR])
    assert client.get(row.url).content.decode().count("data-label") // 2 == APART + 1
    other = school.town.signed_in(school.posts[Role.PRINCIPAL]).get(row.url)
    assert "7B-20" not in other.content.decode()
