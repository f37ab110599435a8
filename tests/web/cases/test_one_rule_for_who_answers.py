"""Whoever the routine names can hold what it gives, and has a page for it: one rule, every role."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.web.cases.conftest import School, enrolled
from tests.web.cases.seen import rows_of_everybody

from narvaro.programmes import ROLES
from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role, places_of
from narvaro.web.cases import actions
from narvaro.web.cases.models import Case, OpenedBecause
from narvaro.web.cases.people import (
    AT_LAST,
    OWNERS,
    STANDS_FOR,
    WORKS_WITH_CASES,
    candidates,
    may_own,
    person_at,
    works_at,
)
from narvaro.web.inbox.keeping import Kept, keep
from narvaro.web.pupils.models import Access, Protection, Pupil

DIFFERENT = tuple({roles: word for word, roles in STANDS_FOR.items()}.values())
"""A word of the routine for each order of roles that answers for some."""
PLACES = ("almskolan/7B", "almskolan", "norra", "linnasa")


def alone(school: School, role: Role, place: str) -> Account:
    """Nobody is left but somebody in one role at one place."""
    Assignment.objects.update(to_on=school.day - timedelta(days=1))
    post = school.town.somebody(role, place, name="Den enda")
    school.posts = {role: post}
    return school.account(role)


@pytest.mark.parametrize("place", PLACES)
def test_whoever_is_named_can_hold_it_and_has_a_page(school: School, place: str) -> None:
    kind = school.town.units[place].kind
    for role in (one for one in Role if kind in places_of(one)):
        with transaction.atomic():
            check(school, role, place)
            transaction.set_rollback(True)


def check(school: School, role: Role, place: str) -> None:
    only = alone(school, role, place)
    unit = school.town.units["almskolan"]
    viewer = school.by(role)
    for word in DIFFERENT:
        try:
            named = person_at(word, school.pupil, unit, school.day)
        except Refused:
            continue
        assert named == only
        assert may_own(named, unit, school.day)
        assert viewer.may("cases.case") or viewer.may("cases.lifted")
        assert viewer.may("cases.task")
        assert viewer.may("cases.hand_over")
    for chosen in candidates(unit, school.day):
        assert works_at(chosen, unit, school.day)
        assert viewer.may("cases.case")


def test_no_role_of_a_routine_is_given_to_somebody_who_can_hold_nothing() -> None:
    assert {role for named in STANDS_FOR.values() for role in named} <= OWNERS
    assert set(AT_LAST) <= OWNERS
    assert set(STANDS_FOR) <= set(ROLES) | {"principal"}


@pytest.mark.parametrize(
    ("role", "place"), [(Role.AREA_MANAGER, "norra"), (Role.HEAD_OF_SCHOOLS, "linnasa")]
)
def test_where_no_principal_is_a_case_can_be_opened_is_seen_and_goes_home_when_one_comes(
    school: School, role: Role, place: str
) -> None:
    above = alone(school, role, place)
    case = actions.open_case(
        school.pupil, because=OpenedBecause.FLAG, by=school.by(role), at=school.now
    )
    assert case.owner == above
    assert keep(school.now) == Kept()
    step = case.steps.get()
    assert f"cases.step.{step.public_id}" in rows_of_everybody(school)[above.pk]

    principal = school.town.somebody(Role.PRINCIPAL, "almskolan").account
    keep(school.now)

    case.refresh_from_db()
    assert case.owner == principal
    assert case.hand_overs.get().from_owner == above


def protected(school: School, *listed: Role) -> Pupil:
    """The pupil has become protected, and some may see them."""
    Pupil.objects.filter(pk=school.pupil.pk).update(protection=Protection.MARKED)
    for role in listed:
        Access.objects.create(
            pupil=school.pupil,
            account=school.account(role),
            decided_by=school.account(Role.PRINCIPAL),
            from_on=school.day,
        )
    return Pupil.objects.get(pk=school.pupil.pk)


def test_of_a_protected_pupil_only_who_is_on_the_list_answers(school: School) -> None:
    pupil, unit = protected(school, Role.SCHOOL_NURSE), school.town.units["almskolan"]

    named = {person_at(word, pupil, unit, school.day) for word in STANDS_FOR}
    assert named == {school.account(Role.SCHOOL_NURSE)}


def test_while_nobody_is_on_the_list_the_principal_who_decides_about_it_answers(
    school: School,
) -> None:
    pupil, unit = protected(school), school.town.units["almskolan"]

    assert person_at("mentor", pupil, unit, school.day) == school.account(Role.PRINCIPAL)


def test_a_protected_pupils_case_is_not_handed_to_somebody_who_may_not_see_them(
    school: School,
) -> None:
    case = actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )
    protected(school, Role.PRINCIPAL, Role.MENTOR)
    given: dict[str, Any] = {
        "why": "Byte",
        "version": case.version,
        "by": school.by(Role.PRINCIPAL),
    }

    with pytest.raises(Refused, match="inte på listan"):
        actions.hand_over(case, school.account(Role.SCHOOL_COUNSELLOR), at=school.now, **given)
    assert Case.objects.get().owner == school.account(Role.MENTOR)


def test_who_can_be_chosen_works_at_the_school_and_is_nobody_over_it(school: School) -> None:
    enrolled(school.town, "7B-15", school="almskolan", group="almskolan/7B")
    chosen = candidates(school.town.units["almskolan"], school.day)

    assert school.account(Role.AREA_MANAGER) not in chosen
    assert school.account(Role.PRINCIPAL) in chosen
    assert Role.AREA_MANAGER not in WORKS_WITH_CASES
