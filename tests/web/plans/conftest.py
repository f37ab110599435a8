"""Almskolan with an open case in 7B, and the agencies that a plan is made with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.web.cases.conftest import School, enrolled, peopled
from tests.web.conftest import Town

from narvaro.web.accounts.models import (
    Assignment,
    Authority,
    AuthorityKind,
    CollaborationArea,
    Unit,
    UnitKind,
)
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions import open_case
from narvaro.web.cases.models import Case, OpenedBecause
from narvaro.web.plans import actions
from narvaro.web.plans.actions import Doing, Shared
from narvaro.web.plans.models import Plan, PlanVersion, Who
from narvaro.web.pupils.models import Pupil

__all__ = ["School", "enrolled"]
MONTH = timedelta(days=30)


@dataclass
class Around:
    """A school with a case, its neighbours, and a plan that a test writes."""

    school: School
    case: Case
    social: Unit
    clinic: Unit
    contact: Assignment
    more: dict[str, Unit] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The school's day."""
        return self.school.day

    @property
    def now(self) -> datetime:
        """Noon of it."""
        return self.school.now

    @property
    def pupil(self) -> Pupil:
        """Whose case it is."""
        return self.case.pupil

    def by(self, role: Role = Role.SCHOOL_COUNSELLOR) -> Viewer:
        """Somebody of the school, today."""
        return self.school.by(role)

    def plan(self) -> Plan:
        """The plan of the case, begun."""
        return actions.start(self.case, by=self.by(), at=self.now)

    def shared(self, *, doing: Sequence[Doing] | None = None, **more: Any) -> Shared:
        """A whole shared part; `more` puts something else in a field."""
        given: dict[str, Any] = {
            "needs": "Tryggare väg in i skoldagen.",
            "important": "Att någon jag känner möter mig.",
            "main_unit": self.social,
            "follow_up_on": self.day + MONTH,
            "doing": self.doing() if doing is None else doing,
        }
        return Shared(**(given | more))

    def doing(self) -> list[Doing]:
        """What the agencies, the pupil and somebody else do."""
        return [
            Doing("Stöd i hemmet två kvällar i veckan.", Who.UNIT, self.social),
            Doing("Samtal varannan vecka.", Who.UNIT, self.clinic, due_on=self.day + MONTH),
            Doing("Möter i entrén varje morgon.", Who.UNIT, self.case.school),
            Doing("Berättar när en dag blir för svår.", Who.PUPIL),
            Doing("Väcker klockan sju.", Who.HOME),
            Doing("Skjutsar till träningen.", Who.OTHER, other="Fotbollsklubben"),
        ]

    def written(self, plan: Plan | None = None, **more: Any) -> PlanVersion:
        """A draft with everything in it, the school's own part too."""
        draft = (plan or self.plan()).versions.latest("number")
        kept = actions.write(
            draft, self.shared(**more), opened_version=draft.version, by=self.by(), at=self.now
        )
        own = getattr(draft, "own_part", None)
        actions.write_own(
            kept,
            does="Eva möter i entrén.",
            knows="Gruppen i 7B är orolig.",
            opened_version=own.version if own else 0,
            by=self.by(),
            at=self.now,
        )
        return kept

    def signed(self, plan: Plan | None = None, **more: Any) -> PlanVersion:
        """A signed version."""
        kept = self.written(plan, **more)
        return actions.sign(
            kept,
            opened_version=kept.version,
            opened_own=kept.own_part.version,
            by=self.by(),
            at=self.now,
        )


def around_of(town: Town) -> Around:
    """The school, its case and its neighbours in one collaboration area."""
    school = peopled(town)
    town.authority.collaboration_area = CollaborationArea.objects.create(name="Samverkan")
    town.authority.save()
    social = agency(town, "Linnåsa socialtjänst", AuthorityKind.SOCIAL_SERVICES)
    clinic = agency(town, "Barnkliniken Linnåsa", AuthorityKind.REGION)
    agency(town, "FoU Linnåsa", AuthorityKind.RESEARCH)
    town.units["social"] = social
    contact = town.somebody(Role.AGENCY_CONTACT, "social")
    case = open_case(
        school.pupil,
        because=OpenedBecause.STAFF,
        by=school.by(Role.MENTOR),
        at=school.now,
    )
    return Around(school, case, social, clinic, contact)


def agency(town: Town, name: str, kind: AuthorityKind) -> Unit:
    """Another authority of the area, with one office."""
    made = Authority.objects.create(
        name=name, kind=kind, collaboration_area=town.authority.collaboration_area
    )
    return Unit.objects.create(authority=made, kind=UnitKind.OFFICE, name=f"{name}, enheten")


@pytest.fixture
def around(town: Town) -> Around:
    """Almskolan and those around it."""
    return around_of(town)
