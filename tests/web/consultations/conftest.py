"""Almskolan and Björkskolan, a clinic and a health centre in one area, an adviser at each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from tests.web.conftest import Town

from narvaro.web.accounts.clock import STOCKHOLM
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
from narvaro.web.consultations import actions
from narvaro.web.consultations.models import Answer, Booking, Slot

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(days=10)
QUESTION = "Hur börjar vi när en elev är hemma varje måndag?"
BOTH = (Role.SCHOOL_COUNSELLOR, Role.SCHOOL_NURSE)


@dataclass
class Care:
    """Who is there, as viewers at a moment, and what they do in a word."""

    town: Town
    people: dict[tuple[str, Role], Assignment]
    now: datetime = NOW

    def viewer(self, role: Role, at: datetime = NOW, where: str = "almskolan") -> Viewer:
        mine = self.people[where, role]
        assert mine.account is not None
        return Viewer(mine.account, mine, at.astimezone(STOCKHOLM).date(), at)

    def account(self, role: Role, where: str = "almskolan") -> Account:
        return self.viewer(role, where=where).account

    def adviser(self, at: datetime = NOW, where: str = "kliniken") -> Viewer:
        return self.viewer(Role.AGENCY_CONTACT, at, where)

    def browser(self, role: Role, where: str = "almskolan") -> Client:
        return self.town.signed_in(self.people[where, role])

    def offer(
        self,
        starts_at: datetime = SOON,
        *,
        at: datetime = NOW,
        where: str = "kliniken",
        **more: Any,
    ) -> Slot:
        by = self.adviser(at, where)
        offered = actions.Offer(
            unit=by.unit, adviser=by.account, starts_at=[starts_at], place="rum 4", **more
        )
        return actions.offer(offered=offered, by=by, at=at)[0]

    def book(
        self,
        slot: Slot,
        *,
        roles: Sequence[Role] = BOTH,
        where: str = "almskolan",
        question: str = QUESTION,
        at: datetime = NOW,
        is_sure: bool = False,
    ) -> Booking:
        return actions.book(
            slot=slot,
            unit=self.town.units[where],
            purpose="case_advice",
            question=question,
            people=[(self.account(role, where), role) for role in roles],
            is_sure=is_sure,
            by=self.viewer(roles[0], at, where),
            at=at,
        )

    def answers(self, booking: Booking, role: Role, says: Answer, *, at: datetime = NOW) -> None:
        actions.answer(booking=booking, says=says, by=self.viewer(role, at), at=at)

    def noted(
        self, booking: Booking, came: Sequence[Role], *, at: datetime | None = None
    ) -> Booking:
        """The adviser notes after the time who of those asked came, by their professions."""
        after = at or booking.slot.ends_at
        booking.refresh_from_db()
        people = {one.pk: one.profession in came for one in booking.asked.all()}
        by = next(
            self.adviser(after, where)
            for (where, role) in self.people
            if role == Role.AGENCY_CONTACT and self.account(role, where) == booking.slot.adviser
        )
        actions.note_present(
            booking=booking, people=people, version=booking.version, by=by, at=after
        )
        booking.refresh_from_db()
        return booking


def agency(name: str, kind: AuthorityKind, area: CollaborationArea | None) -> Unit:
    authority = Authority.objects.create(name=name, kind=kind, collaboration_area=area)
    return Unit.objects.create(authority=authority, kind=UnitKind.OFFICE, name=name)


def made_care(town: Town) -> Care:
    """Two of student health and a principal at each school; three agencies, one of another area."""
    area = CollaborationArea.objects.create(name="Samverkan Linnåsa")
    town.authority.collaboration_area = area
    town.authority.save()
    town.units |= {
        "kliniken": agency("Region Linnåsa", AuthorityKind.REGION, area),
        "vårdcentralen": agency("Linnåsa vårdcentral", AuthorityKind.PRIMARY_CARE, area),
        "annan klinik": agency("Region Annan", AuthorityKind.REGION, None),
    }
    people = {}
    for school in ("almskolan", "bjorkskolan"):
        for role in (*BOTH, Role.PRINCIPAL):
            people[school, role] = town.somebody(role, school, name=f"{role} {school}")
    for where in ("kliniken", "vårdcentralen", "annan klinik"):
        who = town.somebody(Role.AGENCY_CONTACT, where, name=f"Rådgivare {where}")
        people[where, Role.AGENCY_CONTACT] = who
    return Care(town, people)


@pytest.fixture
def care(town: Town) -> Iterator[Care]:
    """See `made_care`; for pages it is `care.now`, whatever the clock says."""
    made = made_care(town)
    day = "narvaro.web.accounts.doors.today_of"
    with (
        patch("narvaro.web.accounts.doors.now_of", lambda _request: made.now),
        patch(day, lambda _request: made.now.astimezone(STOCKHOLM).date()),
    ):
        yield made
