"""A principal with a case at Almskolan, the social services' office and a clinic that can be called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import LONG_AGO, Town

from narvaro.programmes import text_of
from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    AuthorityKind,
    Unit,
    UnitKind,
)
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, OpenedBecause, Routine
from narvaro.web.collaboration.models import Call, Called, CallKind, PlaceKind, Proposed
from narvaro.web.pupils.models import Enrolment, Pupil

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=STOCKHOLM)
"""A Monday; day 21 is Monday 14 December."""


@dataclass
class Agencies:
    """Who calls, who can be called, and about whom."""

    town: Town
    principal: Assignment
    contact: Assignment
    social: Unit
    clinic: Unit
    pupil: Pupil
    case: Case

    def viewer(self, whose: Assignment | None = None, *, at: datetime = NOW) -> Viewer:
        """The principal, or somebody else, at a moment."""
        assignment = whose or self.principal
        assert assignment.account is not None
        return Viewer(assignment.account, assignment, at.astimezone(STOCKHOLM).date(), at)

    def account(self, whose: Assignment | None = None) -> Account:
        """The account of the principal, or of somebody else."""
        return self.viewer(whose).account

    def browser(self, whose: Assignment | None = None) -> Client:
        """A browser of the principal, or of somebody else."""
        return self.town.signed_in(whose or self.principal)

    def call(self, **more: Any) -> Call:
        """A call as it lies in the database; with `called_on` it is sent."""
        fields: dict[str, Any] = {
            "case": self.case,
            "pupil": self.pupil,
            "kind": CallKind.CROSS_AGENCY,
            "local_name": "Västbus",
            "reason": "Har inte varit i skolan på tre veckor",
            "question": "Vilka insatser kan ni ge?",
            "made_at": NOW,
            "made_by": self.account(),
        } | more
        if fields.get("called_on"):
            fields = {"sent_at": NOW, "sent_by": self.account()} | fields
        return Call.objects.create(**fields)

    def called(self, call: Call, unit: Unit | None = None, **more: Any) -> Called:
        """A unit that the call is to: the social services' contact, unless another is named."""
        fields: dict[str, Any] = {"contact": self.account(self.contact)} | more
        return Called.objects.create(call=call, unit=unit or self.social, **fields)

    def proposed(self, call: Call, day: date, hour: int = 9, **more: Any) -> Proposed:
        """A time that is proposed, in the school's room."""
        starts_at = datetime(day.year, day.month, day.day, hour, tzinfo=STOCKHOLM)
        fields = {"place_kind": PlaceKind.SCHOOL, "place": "rum 118"} | more
        return Proposed.objects.create(call=call, starts_at=starts_at, **fields)


@pytest.fixture
def agencies(town: Town) -> Agencies:
    """Linnåsa school authority, its social services and the region, and a pupil with a case."""
    principal = town.somebody(Role.PRINCIPAL, "almskolan", name="Rektor Provsson")
    social = _office(town, "Linnåsa socialtjänst", AuthorityKind.SOCIAL_SERVICES)
    clinic = _office(town, "Linnåsa BUP", AuthorityKind.REGION)
    contact = town.somebody(Role.AGENCY_CONTACT, social.name, name="Kontakt Provsson")
    pupil = _pupil(town)
    assert principal.account is not None
    routine = Routine.objects.create(
        programme="boras-recommended",
        version=1,
        digest="x",
        text=text_of("boras-recommended"),
        kept_at=NOW,
    )
    case = Case.objects.create(
        pupil=pupil,
        authority=town.authority,
        school=town.units["almskolan"],
        owner=principal.account,
        routine=routine,
        opened_at=NOW - timedelta(days=60),
        opened_on=(NOW - timedelta(days=60)).astimezone(UTC).date(),
        opened_by=principal.account,
        opened_because=OpenedBecause.STAFF,
    )
    return Agencies(town, principal, contact, social, clinic, pupil, case)


def _office(town: Town, name: str, kind: AuthorityKind) -> Unit:
    authority = Authority.objects.create(name=name, kind=kind)
    town.units[name] = Unit.objects.create(authority=authority, kind=UnitKind.OFFICE, name=name)
    return town.units[name]


def _pupil(town: Town) -> Pupil:
    pupil = Pupil.objects.create(
        authority=town.authority,
        key="alva",
        given_name="Alva",
        family_name="Provsson",
        sort_name="provsson alva",
    )
    Enrolment.objects.create(
        pupil=pupil, school_key="almskolan", class_key="almskolan/7B", from_on=LONG_AGO
    )
    return pupil
