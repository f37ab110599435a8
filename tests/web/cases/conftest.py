"""A pupil in 7B with a mentor, and those who work at the school."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

import pytest
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.models import EvidenceKind, Step
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.rules import missing
from narvaro.web.pupils.models import Enrolment, Pupil

WEDNESDAY = date(2026, 12, 2)


@dataclass
class School:
    """Who works with 7B, and a day that a test moves."""

    town: Town
    pupil: Pupil
    posts: dict[Role, Assignment]
    day: date = WEDNESDAY
    more: dict[str, Pupil] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """Noon of the day."""
        return datetime.combine(self.day, time(11), UTC)

    def by(self, role: Role) -> Viewer:
        """Somebody of the school, today."""
        return self.as_somebody(self.posts[role])

    def as_somebody(self, post: Assignment) -> Viewer:
        """Whoever holds a post, today."""
        assert post.account is not None
        return Viewer(post.account, post, self.day, self.now)

    def account(self, role: Role) -> Account:
        """Who holds a post."""
        found = self.posts[role].account
        assert found is not None
        return found


def documented(school: School, step: Step, role: Role = Role.MENTOR) -> None:
    """Show everything that a step has to rest on: forms signed, a meeting held, events noted."""
    known = step_of(programme_of(step.case), step.step)
    assert known is not None
    for wanted in missing(step, known):
        actions.add_evidence(
            step,
            kind=EvidenceKind(wanted.kind),
            name=wanted.name,
            item=wanted.name[:22] or "a-meeting",
            is_done=True,
            by=school.by(role),
            at=school.now,
        )


def enrolled(town: Town, key: str, *, school: str, group: str, grade: str = "7") -> Pupil:
    """A pupil of a class since long ago."""
    pupil = Pupil.objects.create(
        authority=town.authority, key=key, given_name=key, family_name="Provsson", sort_name=key
    )
    Enrolment.objects.create(
        pupil=pupil, school_key=school, class_key=group, grade=grade, from_on=LONG_AGO
    )
    return pupil


@pytest.fixture
def school(town: Town) -> School:
    """Almskolan."""
    return peopled(town)


def peopled(town: Town) -> School:
    """Somebody in each role at Almskolan, and a pupil of 7B."""
    places = {
        Role.MENTOR: "almskolan/7B",
        Role.PRINCIPAL: "almskolan",
        Role.SCHOOL_COUNSELLOR: "almskolan",
        Role.SCHOOL_NURSE: "almskolan",
        Role.AREA_MANAGER: "norra",
    }
    posts = {role: town.somebody(role, at, name=role) for role, at in places.items()}
    pupil = enrolled(town, "7B-14", school="almskolan", group="almskolan/7B")
    return School(town, pupil, posts)
