"""Who appoints an invented contact to read what an agency reads is seen by those who work there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.web.agencies.conftest import DAY, NOW, Agencies

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies import appointing
from narvaro.web.agencies.appointed import appointed


def appoint(agencies: Agencies, name: str, **more: Any) -> Assignment:
    administrator = agencies.town.somebody(Role.ADMINISTRATOR, "linnasa")
    said = {
        "authority": agencies.offices["Socialtjänsten"].authority,
        "name": name,
        "email": f"{name.lower()}@soc.invalid",
        "from_on": DAY,
        "to_on": None,
    }
    by = agencies.viewer(administrator)
    return appointing.appoint(**{**said, **more}, by=by, at=NOW)


def titles(viewer: Viewer) -> list[str]:
    return [row.title for row in appointed(viewer)]


def test_the_contacts_who_are_there_are_told_who_was_appointed_and_by_whom(
    agencies: Agencies, contact: Assignment
) -> None:
    new = appoint(agencies, "Nyman")
    row = next(iter(appointed(agencies.viewer(contact))))

    assert row.title == "Nyman är ny kontaktperson hos er"
    assert "Linnåsa kommun" in row.why
    assert titles(agencies.viewer(new)) == []


def test_other_agencies_and_schools_are_not_told(agencies: Agencies, contact: Assignment) -> None:
    elsewhere = agencies.contact(agencies.offices["Barnpsykiatrin"])
    principal = agencies.town.somebody(Role.PRINCIPAL, "almskolan")
    appoint(agencies, "Nyman")

    assert titles(agencies.viewer(elsewhere)) == []
    assert titles(agencies.viewer(principal)) == []
    assert len(titles(agencies.viewer(contact))) == 1


def test_it_stands_for_thirty_days(agencies: Agencies, contact: Assignment) -> None:
    appoint(agencies, "Nyman")
    mine = agencies.viewer(contact)
    last, after = (
        Viewer(mine.account, contact, DAY + timedelta(days=days), NOW + timedelta(days=days))
        for days in (29, 30)
    )

    assert len(titles(last)) == 1
    assert titles(after) == []
