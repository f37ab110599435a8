"""Linnåsa with agencies in its collaboration area, and a contact at social services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from tests.web.conftest import Town

from narvaro.programmes import load
from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    AuthorityKind,
    CollaborationArea,
    Unit,
    UnitKind,
)
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies import registry

DAY = date(2026, 12, 2)
NOW = datetime(2026, 12, 2, 9, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


@dataclass
class Agencies:
    """The town, its neighbours, and one contact."""

    town: Town
    area: CollaborationArea
    offices: dict[str, Unit] = field(default_factory=dict)

    def agency(self, name: str, kind: AuthorityKind) -> Unit:
        """An agency of the area, and its office."""
        made = Authority.objects.create(name=name, kind=kind, collaboration_area=self.area)
        office = Unit.objects.create(authority=made, kind=UnitKind.OFFICE, name=name)
        self.offices[name] = office
        return office

    def contact(
        self, office: Unit, from_on: date = LONG_AGO, to_on: date | None = None
    ) -> Assignment:
        """Somebody who answers for it."""
        number = Account.objects.count()
        account = Account.objects.create_user(f"k{number}@soc.invalid", name=f"Kontakt {number}")
        return Assignment.objects.create(
            account=account,
            role=Role.AGENCY_CONTACT,
            unit=office,
            from_on=from_on,
            to_on=to_on,
        )

    def viewer(self, one: Assignment, day: date = DAY) -> Viewer:
        """Somebody as of the day."""
        assert one.account is not None
        return Viewer(one.account, one, day, NOW)

    def browser(self, one: Assignment) -> Client:
        """Their browser."""
        return self.town.signed_in(one)


@pytest.fixture
def agencies(town: Town) -> Agencies:
    """Social services with a contact, child psychiatry without."""
    area = CollaborationArea.objects.create(name="Samverkan")
    Authority.objects.filter(pk=town.authority.pk).update(collaboration_area=area)
    town.authority.refresh_from_db()
    made = Agencies(town, area)
    made.agency("Socialtjänsten", AuthorityKind.SOCIAL_SERVICES)
    made.agency("Barnpsykiatrin", AuthorityKind.REGION)
    return made


@pytest.fixture
def contact(agencies: Agencies) -> Assignment:
    """The contact of social services."""
    return agencies.contact(agencies.offices["Socialtjänsten"])


@pytest.fixture(autouse=True)
def _the_day_and_the_routine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browsers' day is fixed, and so is the routine."""
    for place in ("doors", "middleware"):
        for name, value in (("now_of", NOW), ("today_of", DAY)):
            monkeypatch.setattr(
                f"narvaro.web.accounts.{place}.{name}",
                lambda _request, value=value: value,
                raising=False,
            )
    monkeypatch.setattr(registry, "ROUTINE", [lambda _day: load("boras-recommended")])
