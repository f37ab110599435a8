"""The demo's other authorities: who answers for them, and that they have no part of the ledger."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest
from tests.web.conftest import Town

from narvaro.programmes import load_text
from narvaro.web.accounts.ledger_owner import has_the_whole_ledger
from narvaro.web.accounts.models import (
    Assignment,
    Authority,
    AuthorityKind,
    CollaborationArea,
    Unit,
    UnitKind,
)
from narvaro.web.accounts.roles import Role
from narvaro.web.agencies.models import AgencyPage, Responsibility
from narvaro.web.config.demo import _the_one_that_delivers
from narvaro.web.config.demo_agencies import INDEPENDENT, PSYCHIATRY, make_agencies
from narvaro.web.config.demo_agency_pages import PAGES, write_agency_pages
from narvaro.web.overview.demo_people import demo_groups

DAY = date(2026, 12, 2)
LINNASA = resources.files("narvaro.demo") / "linnasa.toml"


@pytest.fixture
def area(town: Town) -> CollaborationArea:
    assert town
    return CollaborationArea.objects.create(name="Samverkan Linnåsa")


def test_every_kind_of_agency_has_an_office_with_a_contact_on_the_demos_day(
    area: CollaborationArea,
) -> None:
    make_agencies(area)

    serving = Assignment.objects.in_force(DAY).filter(role=Role.AGENCY_CONTACT)

    assert {one.unit.authority.kind for one in serving} == {
        AuthorityKind.SOCIAL_SERVICES,
        AuthorityKind.REGION,
        AuthorityKind.PRIMARY_CARE,
    }
    assert {one.unit.kind for one in serving} == {UnitKind.OFFICE}


def test_an_agency_had_nobody_for_two_months_when_its_contact_changed(
    area: CollaborationArea,
) -> None:
    make_agencies(area)

    here = Assignment.objects.filter(unit__authority__name=PSYCHIATRY)

    assert here.in_force(date(2026, 6, 30)).count() == 1
    assert not here.in_force(date(2026, 8, 1)).exists()
    assert here.in_force(DAY).count() == 1


def test_what_the_agencies_have_written_speaks_of_steps_that_the_demos_routine_has(
    area: CollaborationArea,
) -> None:
    make_agencies(area)
    write_agency_pages()
    write_agency_pages()

    steps = {one.id for one in load_text(LINNASA.read_text("utf-8")).steps}

    assert AgencyPage.objects.count() == len(PAGES)
    assert set(Responsibility.objects.values_list("step", flat=True)) <= steps


def test_made_again_nobody_and_nothing_is_made_twice(area: CollaborationArea) -> None:
    make_agencies(area)
    before = (Assignment.objects.count(), Unit.objects.count(), Authority.objects.count())

    make_agencies(area)

    assert before == (
        Assignment.objects.count(),
        Unit.objects.count(),
        Authority.objects.count(),
    )


def test_the_municipality_keeps_the_ledger_when_an_independent_school_takes_part(
    area: CollaborationArea, town: Town
) -> None:
    make_agencies(area)

    assert _the_one_that_delivers() == town.authority
    assert has_the_whole_ledger("linnasa")
    assert not has_the_whole_ledger("")


def test_of_two_without_a_key_nobody_has_it(town: Town) -> None:
    Authority.objects.filter(pk=town.authority.pk).update(key="")
    Authority.objects.create(name="Granby", kind=AuthorityKind.SCHOOL)

    assert not has_the_whole_ledger("")


def test_two_that_deliver_have_each_their_own(town: Town) -> None:
    assert has_the_whole_ledger(town.authority.key)

    Authority.objects.create(name="Granby", kind=AuthorityKind.SCHOOL, key="granby")

    assert not has_the_whole_ledger("linnasa")
    assert not has_the_whole_ledger("granby")


@pytest.mark.parametrize("key", ["", "linnasa"])
def test_the_only_one_has_all_of_it_with_a_key_or_without(town: Town, key: str) -> None:
    Authority.objects.filter(pk=town.authority.pk).update(key=key)

    assert has_the_whole_ledger(key)


def test_the_independent_school_reaches_no_pupil_of_the_municipality(
    area: CollaborationArea,
) -> None:
    make_agencies(area)

    school = Unit.objects.get(authority__name=INDEPENDENT, kind=UnitKind.SCHOOL)

    assert school.key
    assert not Unit.objects.exclude(pk=school.pk).filter(key=school.key).exists()


@pytest.mark.usefixtures("area")
def test_one_can_be_somebody_of_each_agency_in_the_demo(
    area: CollaborationArea, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    make_agencies(area)

    elsewhere = next(one for one in demo_groups(DAY) if one.name == "I andra verksamheter")

    assert [one.assignment.unit.name for one in elsewhere.people] == [
        "Friskolan Kastanjen",
        "Linnåsa socialtjänst",
        PSYCHIATRY,
        "Linnåsa vårdcentral",
    ]
