"""P8: reliable statistics did not make anybody take the pupil up; a flag nobody answers is seen."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.web.cases.conftest import School
from tests.web.inbox.conftest import row, run_of

from narvaro.web.accounts.roles import Role
from narvaro.web.cases.models import Task, TaskKind
from narvaro.web.inbox import actions
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.taking import take_run


def home(school: School, settings: Settings, role: Role, path: str = "home") -> str:
    settings.DEMO, settings.TODAY = True, school.day
    answer = school.town.signed_in(school.posts[role]).get(reverse(path))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_flag_that_nobody_touches_climbs_from_owner_to_principal_to_area_manager(
    school: School, settings: Settings
) -> None:
    take_run(run_of([row("7B-14")]), authority=school.town.authority, now=school.now)
    assert "7B-14 Provsson · ny flagga" in home(school, settings, Role.MENTOR)
    assert "7B-14" not in home(school, settings, Role.PRINCIPAL)

    school.day = date(2026, 12, 16)
    assert "7B-14 Provsson · inget gjort än" in home(school, settings, Role.PRINCIPAL)
    assert "almskolan ·" not in home(school, settings, Role.AREA_MANAGER)
    assert "7B-14" in home(school, settings, Role.PRINCIPAL, "handling")

    school.day = date(2027, 1, 4)
    area = home(school, settings, Role.AREA_MANAGER)
    assert "almskolan · utan svar: flaggor 1, steg 0" in area
    assert "7B-14" not in area + home(school, settings, Role.AREA_MANAGER, "handling_counts")


def test_three_flags_closed_one_by_one_still_come_to_student_health(
    school: School, settings: Settings
) -> None:
    for number, month in enumerate(("2026-09", "2026-10", "2026-11"), start=1):
        said = row("7B-14", month=month, third=number == 3)
        take_run(run_of([said], month=month), authority=school.town.authority, now=school.now)
        flag = Flag.objects.get(month=month)
        actions.decline(
            [flag],
            reason="Hemmet har hört av sig",
            versions=[flag.version],
            by=school.by(Role.MENTOR),
            at=school.now,
        )

    task = Task.objects.get()
    assert (task.kind, task.to) == (TaskKind.FORCED_MOVE, school.account(Role.SCHOOL_COUNSELLOR))
    assert task.done_at is None
    school.day = date(2027, 1, 29)
    assert "7B-14" in home(school, settings, Role.PRINCIPAL)
