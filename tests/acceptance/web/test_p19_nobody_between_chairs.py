"""P19: pupils fall between chairs and nobody owns. One owner always, who is there and sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.web.cases.conftest import School
from tests.web.cases.seen import unseen

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.models import Case, OpenedBecause
from narvaro.web.cases.people import may_hold
from narvaro.web.inbox.keeping import Kept, keep
from narvaro.web.projects.models import Answer, Project, Step
from narvaro.web.pupils.models import Access, Enrolment, Protection, Pupil


def mentor_leaves(school: School) -> None:
    yesterday = school.day - timedelta(days=1)
    Assignment.objects.filter(pk=school.posts[Role.MENTOR].pk).update(to_on=yesterday)


def account_is_closed(school: School) -> None:
    Account.objects.filter(pk=school.account(Role.MENTOR).pk).update(is_active=False)


def all_of_the_school_leave(school: School) -> None:
    Assignment.objects.exclude(role=Role.AREA_MANAGER).update(to_on=school.day - timedelta(days=1))


def pupil_changes_school(school: School) -> None:
    Enrolment.objects.update(to_on=school.day - timedelta(days=1))
    school.pupil.enrolments.create(school_key="bjorkskolan", grade="7", from_on=school.day)


def pupil_becomes_protected(school: School) -> None:
    Pupil.objects.update(protection=Protection.MARKED)
    Access.objects.create(
        pupil=school.pupil,
        account=school.account(Role.SCHOOL_COUNSELLOR),
        decided_by=school.account(Role.PRINCIPAL),
        from_on=school.day,
    )


def school_leaves_the_programme(school: School) -> None:
    made = Project.objects.create(name="P", programme="provbygd", from_on=date(2026, 1, 1))
    made.authorities.add(school.town.authority)
    for answer, days in ((Answer.JOINED, -100), (Answer.LEFT, 0)):
        on = school.day + timedelta(days=days)
        unit = school.town.units["almskolan"]
        Step.objects.create(project=made, school=unit, answer=answer, on=on)


@pytest.mark.parametrize(
    "happens",
    [
        mentor_leaves,
        account_is_closed,
        all_of_the_school_leave,
        pupil_changes_school,
        pupil_becomes_protected,
        school_leaves_the_programme,
    ],
)
def test_after_a_night_somebody_who_is_there_owns_it_and_everything_open_is_seen(
    school: School, happens: Callable[[School], None]
) -> None:
    case = actions.open_case(
        school.pupil, because=OpenedBecause.FLAG, by=school.by(Role.MENTOR), at=school.now
    )
    happens(school)

    keep(school.now)

    case = Case.objects.select_related("owner", "pupil", "school").get(pk=case.pk)
    holders = [case.owner, *(one.owner for one in case.steps.all())]
    holders += [one.to for one in case.tasks.all()]
    assert all(may_hold(one, case, school.day) for one in holders)
    assert unseen(school) == []
    assert keep(school.now) == Kept()
    school.day += timedelta(days=90)
    assert unseen(school) == []


def test_a_protected_pupil_whom_nobody_may_see_is_told_to_who_decides_and_stays_as_it_is(
    school: School,
) -> None:
    case = actions.open_case(
        school.pupil, because=OpenedBecause.FLAG, by=school.by(Role.MENTOR), at=school.now
    )
    Pupil.objects.update(protection=Protection.MARKED)

    keep(school.now)

    case.refresh_from_db()
    assert case.owner == school.account(Role.MENTOR)
    assert unseen(school) == []
