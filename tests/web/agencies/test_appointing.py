"""Agencies without an administrator of their own: who sees to their contacts, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.web.agencies.conftest import DAY, NOW, Agencies

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.models import Account, Assignment, Authority, AuthorityKind
from narvaro.web.accounts.roles import Role
from narvaro.web.agencies import appointing
from narvaro.web.audit.models import Entry

PERSON: dict[str, Any] = {
    "name": "Ny Kontakt",
    "email": "ny@soc.invalid",
    "from_on": DAY,
    "to_on": None,
}


@pytest.fixture
def administrator(agencies: Agencies) -> Assignment:
    return agencies.town.somebody(Role.ADMINISTRATOR, "linnasa")


def test_an_agency_is_added_with_an_office_in_the_same_area(
    agencies: Agencies, administrator: Assignment
) -> None:
    sent = agencies.browser(administrator).post(
        reverse("agency_add"), {"name": "Vårdcentralen", "kind": "primary_care"}
    )

    made = Authority.objects.get(name="Vårdcentralen")
    assert sent.status_code == 302
    assert (made.kind, made.collaboration_area) == (AuthorityKind.PRIMARY_CARE, agencies.area)
    assert made.units.count() == 1
    with pytest.raises(Refused):
        appointing.add_agency(
            name="Vårdcentralen",
            kind=AuthorityKind.REGION,
            by=agencies.viewer(administrator),
            at=NOW,
        )


@pytest.mark.parametrize("kind", ["school_authority", "research_unit", "x"])
def test_a_school_or_a_research_unit_is_not_added_so(
    agencies: Agencies, administrator: Assignment, kind: str
) -> None:
    agencies.browser(administrator).post(reverse("agency_add"), {"name": "Annan", "kind": kind})

    assert not Authority.objects.filter(name="Annan").exists()


def test_a_contact_is_appointed_and_the_log_knows(
    agencies: Agencies, administrator: Assignment
) -> None:
    authority = agencies.offices["Barnpsykiatrin"].authority

    made = appointing.appoint(
        authority=authority, by=agencies.viewer(administrator), at=NOW, **PERSON
    )

    assert made.account is not None
    assert (made.role, made.unit.authority) == (Role.AGENCY_CONTACT, authority)
    assert not made.account.has_usable_password()
    entry = Entry.objects.get(action="agencies.appoint")
    assert f"account:{made.account.public_id}" in entry.subjects


def test_nobody_who_works_at_the_school_becomes_an_agencys_contact(
    agencies: Agencies, administrator: Assignment
) -> None:
    """Otherwise a curious administrator could read what was shared with social services."""
    mine = agencies.town.somebody(Role.PRINCIPAL, "almskolan").account
    assert mine is not None
    for email in (mine.email, administrator.account.email if administrator.account else ""):
        with pytest.raises(Refused):
            appointing.appoint(
                authority=agencies.offices["Barnpsykiatrin"].authority,
                by=agencies.viewer(administrator),
                at=NOW,
                **PERSON | {"email": email},
            )
    assert not Assignment.objects.filter(role=Role.AGENCY_CONTACT).exists()


def test_who_has_left_the_school_may_be_appointed(
    agencies: Agencies, administrator: Assignment
) -> None:
    left = agencies.town.somebody(Role.SCHOOL_COUNSELLOR, "almskolan")
    Assignment.objects.filter(pk=left.pk).update(to_on=DAY - timedelta(days=1))
    assert left.account is not None

    made = appointing.appoint(
        authority=agencies.offices["Barnpsykiatrin"].authority,
        by=agencies.viewer(administrator),
        at=NOW,
        **PERSON | {"email": left.account.email},
    )

    assert made.account == left.account


def test_an_agency_with_its_own_administrator_sees_to_its_people_itself(
    agencies: Agencies, administrator: Assignment, contact: Assignment
) -> None:
    office = agencies.offices["Socialtjänsten"]
    account = Account.objects.create_user("adm@soc.invalid", name="Egen Administratör")
    own = Assignment.objects.create(
        account=account, role=Role.ADMINISTRATOR, unit=office, from_on=DAY
    )

    with pytest.raises(Refused):
        appointing.appoint(
            authority=office.authority, by=agencies.viewer(administrator), at=NOW, **PERSON
        )
    with pytest.raises(Refused):
        appointing.end_contact(
            assignment=contact,
            last_on=DAY,
            version=contact.version,
            by=agencies.viewer(administrator),
            at=NOW,
        )
    made = appointing.appoint(authority=office.authority, by=agencies.viewer(own), at=NOW, **PERSON)
    assert made.unit == office


def test_a_contact_ends_with_a_day_and_the_second_who_ends_it_is_told(
    agencies: Agencies, administrator: Assignment, contact: Assignment
) -> None:
    by = agencies.viewer(administrator)
    given: dict[str, Any] = {"assignment": contact, "version": contact.version, "by": by, "at": NOW}

    with pytest.raises(Refused):
        appointing.end_contact(last_on=contact.from_on - timedelta(days=1), **given)
    appointing.end_contact(last_on=DAY, **given)

    contact.refresh_from_db()
    assert contact.to_on == DAY
    with pytest.raises(ChangedMeanwhile):
        appointing.end_contact(last_on=DAY, **given)


def test_the_page_ends_a_contact_of_the_area_and_nobody_elses_assignment(
    agencies: Agencies, administrator: Assignment, contact: Assignment
) -> None:
    browser = agencies.browser(administrator)
    principal = agencies.town.somebody(Role.PRINCIPAL, "almskolan")
    address = reverse("agency_end_contact", args=[contact.public_id])

    sent = browser.post(address, {"last_on": DAY.isoformat(), "version": contact.version})

    assert sent.status_code == 302
    contact.refresh_from_db()
    assert contact.to_on == DAY
    theirs = reverse("agency_end_contact", args=[principal.public_id])
    assert browser.get(theirs).status_code == 404
