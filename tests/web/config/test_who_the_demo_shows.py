"""Who the demo's one click signs in as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.cases.conftest import School, enrolled, school
from tests.web.inbox.conftest import row, run_of

from narvaro.web.accounts.models import Account, Assignment, CollaborationArea, Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.config.demo import _from_the_delivery
from narvaro.web.config.demo_agencies import make_agencies
from narvaro.web.config.demo_class_staff import _from_a_handful, choose_class_staff
from narvaro.web.inbox.taking import take_run
from narvaro.web.overview.demo_people import demo_people

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

__all__ = ["school"]


@pytest.mark.parametrize(
    ("counts", "chosen"),
    [([0, 1, 83, 7], 7), ([0, 4, 2], 4), ([0, 0], 0), ([5, 6], 5), ([120], 120)],
)
def test_the_teacher_has_a_few_lessons_to_acknowledge_if_anybody_has(
    counts: list[int], chosen: int
) -> None:
    assert min(counts, key=_from_a_handful) == chosen


def shown(school: School, settings: Settings) -> dict[str, str]:
    """The demo's class staff on its start page; the principal has been chosen before."""
    settings.DEMO = True
    Account.objects.filter(pk=school.account(Role.PRINCIPAL).pk).update(is_demo=True)
    choose_class_staff(school.now)
    found = demo_people(school.day)
    return {one.role: one.account.name for one in found if one.account} | {"principal": ""}


@pytest.mark.django_db
def test_the_mentor_has_a_few_flags_to_answer_and_the_teacher_is_no_mentor(
    school: School, settings: Settings
) -> None:
    eighth = school.town.somebody(Role.MENTOR, "almskolan/8A", name="Åsa Utanflagga").unit
    Unit.objects.filter(pk=eighth.pk).update(name="8A")
    teacher = school.town.somebody(Role.TEACHER, "almskolan/8A", name="Örjan Lärargren")
    both = school.posts[Role.MENTOR].account
    Assignment.objects.create(
        account=both,
        role=Role.TEACHER,
        unit=school.posts[Role.MENTOR].unit,
        from_on=teacher.from_on,
    )
    flagged = [row(key) for key in ("7B-14", "7B-15", "7B-16")]
    for key in ("7B-15", "7B-16"):
        enrolled(school.town, key, school="almskolan", group="almskolan/7B")
    take_run(run_of(flagged), authority=school.town.authority, now=school.now)

    found = shown(school, settings)

    assert both is not None
    assert found == {"principal": "", "mentor": both.name, "teacher": "Örjan Lärargren"}


@pytest.mark.django_db
def test_who_was_chosen_before_stays(school: School, settings: Settings) -> None:
    first = shown(school, settings)
    school.town.somebody(Role.MENTOR, "almskolan/8A", name="Åsa Senare")

    assert shown(school, settings) == first


@pytest.mark.django_db
def test_another_authoritys_principal_does_not_stand_for_the_municipalitys(
    school: School,
) -> None:
    make_agencies(CollaborationArea.objects.create(name="Provsamverkan"))
    principal = school.posts[Role.PRINCIPAL]

    _from_the_delivery(principal.unit, school.day)

    assert principal.account is not None
    assert Account.objects.get(pk=principal.account.pk).is_demo
