"""A school with its student health, two pupils, a series of meetings, and somebody who offers items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings import actions, registry
from narvaro.web.meetings.actions.planning import Plan
from narvaro.web.meetings.models import AgendaItem, Decision, Kind, Meeting, Series
from narvaro.web.meetings.registry import Choice, NotTaken, Offered
from narvaro.web.pupils.models import Enrolment, Pupil

NOW = datetime.now(UTC)
PROFESSIONS = [
    Role.PRINCIPAL,
    Role.SCHOOL_COUNSELLOR,
    Role.SCHOOL_NURSE,
    Role.SCHOOL_PSYCHOLOGIST,
]
CHOICES = (
    Choice("back", "Tillbaka till mentor med anpassning", "Steg och datum skapas"),
    Choice("investigate", "Fördjupad utredning", "Rektor utser, huvudmannen får veta"),
)


@dataclass
class Cases:
    """Plays the app above: what it offers, what it took, and whether it refuses."""

    offered: list[Offered] = field(default_factory=list)
    took: list[tuple[str, str]] = field(default_factory=list)
    refusal: str = ""

    def offer(self, _viewer: Viewer, _meeting: Meeting) -> list[Offered]:
        return self.offered

    def take(self, _viewer: Viewer, decision: Decision) -> None:
        if self.refusal:
            raise NotTaken(self.refusal)
        self.took.append((decision.item.source_key, decision.word))


@dataclass
class School:
    """Almskolan: its people as viewers, its pupils, its series."""

    town: Town
    people: dict[Role, Assignment]
    pupils: list[Pupil]
    series: Series

    def viewer(self, role: Role = Role.PRINCIPAL, *, at: datetime = NOW) -> Viewer:
        assignment = self.people[role]
        account = assignment.account
        assert account is not None
        return Viewer(account, assignment, at.astimezone(STOCKHOLM).date(), at)

    def account(self, role: Role) -> Account:
        return self.viewer(role).account

    def browser(self, role: Role = Role.PRINCIPAL) -> Client:
        return self.town.signed_in(self.people[role])

    def plan(self, *, starts_at: datetime | None = None) -> Meeting:
        plan = Plan(starts_at or NOW + timedelta(days=7), 120, "rum 118", self.series.chair)
        return actions.plan_meeting(series=self.series, plan=plan, by=self.viewer(), at=NOW)

    def held(self, meeting: Meeting, *, absent: frozenset[Role] = frozenset()) -> Meeting:
        """Note who was there and hold the meeting on its day."""
        at = meeting.starts_at + timedelta(hours=2)
        by = self.viewer(at=at)
        people = {one.pk: one.profession not in absent for one in meeting.invited.all()}
        without = {role: False for role in meeting.roles() if not _asked(meeting, role)}
        actions.note_present(meeting=meeting, people=people, without_account=without, by=by, at=at)
        meeting.refresh_from_db()
        actions.hold(meeting=meeting, version=meeting.version, by=by, at=at)
        meeting.refresh_from_db()
        return meeting


def _asked(meeting: Meeting, role: Role) -> bool:
    return meeting.invited.filter(profession=role).exists()


@pytest.fixture
def cases() -> Iterator[Cases]:
    """Registered for one test, in place of whoever is registered."""
    before = list(registry.AGENDA), list(registry.TAKERS), list(registry.FOLLOWERS)
    made = Cases()
    registry.AGENDA[:], registry.TAKERS[:], registry.FOLLOWERS[:] = [made.offer], [made.take], []
    yield made
    registry.AGENDA[:], registry.TAKERS[:], registry.FOLLOWERS[:] = before


@pytest.fixture
def school(town: Town, cases: Cases) -> School:
    """Four professions at Almskolan, one of them without anybody; two pupils; both are offered."""
    people = {
        role: town.somebody(role, "almskolan", name=f"{role.label} Provsson".capitalize())
        for role in (*PROFESSIONS[:3], Role.SPECIAL_EDUCATOR)
    }
    pupils = [made_pupil(town, "alva", "Alva"), made_pupil(town, "bo", "Bo")]
    chair = people[Role.PRINCIPAL].account
    assert chair is not None
    series = Series.objects.create(
        school=town.units["almskolan"],
        kind=Kind.STUDENT_HEALTH,
        name="Elevhälsomöte",
        place="rum 118",
        chair=chair,
        professions=[str(one) for one in PROFESSIONS],
    )
    cases.offered = [offered(one) for one in pupils]
    return School(town, people, pupils, series)


def made_pupil(town: Town, key: str, name: str, **more: Any) -> Pupil:
    pupil = Pupil.objects.create(
        authority=town.authority,
        key=key,
        given_name=name,
        family_name="Provsson",
        sort_name=f"provsson {key}",
        **more,
    )
    Enrolment.objects.create(
        pupil=pupil, school_key="almskolan", class_key="almskolan/7B", from_on=LONG_AGO
    )
    return pupil


def offered(pupil: Pupil) -> Offered:
    return Offered(
        source_key=f"case:{pupil.key}",
        pupil=pupil,
        why="Tredje flaggan",
        figure="15,2 %",
        figure_on=NOW.date(),
        tried="Samtal 5 okt och 9 nov.",
        learnt="Trivs i klassen.",
        to_decide="Behövs fördjupad utredning?",
        minutes=12,
        choices=CHOICES,
    )


def item_of(meeting: Meeting, pupil: Pupil) -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting, pupil=pupil)
