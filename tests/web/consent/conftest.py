"""Elev Provsson of 7B with two guardians, a school and three other authorities."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts.models import Assignment, Authority, AuthorityKind, Unit, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent import actions
from narvaro.web.consent.items import How, Item, State
from narvaro.web.consent.models import Answer, Consent
from narvaro.web.pupils.models import Enrolment, Guardian, HeldBack, Pupil
from narvaro.web.pupils.numbers import encrypt

DAY = date(2026, 12, 2)
TWO = (Item.ATTENDANCE, Item.STEPS)
CHILD = "20131300-0001"
"""An impossible number: a birth year, and no day in it."""


@dataclass
class Family:
    """A pupil and those around; `day` is what a test moves."""

    town: Town
    pupil: Pupil
    offices: dict[str, Unit]
    posts: dict[str, Assignment]
    day: date = DAY
    guardians: list[Guardian] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """Noon of the day."""
        return datetime.combine(self.day, time(11), UTC)

    @property
    def principal(self) -> Viewer:
        """The pupil's principal, today."""
        return self.looking(self.posts["principal"])

    def looking(self, post: Assignment) -> Viewer:
        """Somebody, on the day."""
        assert post.account is not None
        return Viewer(post.account, post, self.day, self.now)

    def somebody(self, role: Role, at: str) -> Viewer:
        """Somebody new, on the day."""
        return self.looking(self.town.somebody(role, at))

    def guardian(self, name: str, held_back: str = HeldBack.NO) -> Guardian:
        """One more guardian."""
        made = Guardian.objects.create(
            pupil=self.pupil,
            key=f"g{len(self.guardians)}",
            given_name=name,
            family_name="Provsson",
            contact=f"{name.lower()}@linnasa.invalid",
            held_back=held_back,
        )
        self.guardians.append(made)
        return made

    def asked(self, **more: Any) -> Consent:
        """The principal asks for two items, for the social services, for a term."""
        given: dict[str, Any] = {
            "receiver": self.offices["social"],
            "purpose": "Planera ett möte om skolgången",
            "items": TWO,
            "from_on": DAY,
            "to_on": date(2027, 6, 10),
        } | more
        return actions.ask(self.pupil, actions.Question(**given), by=self.principal, at=self.now)

    def says(self, consent: Consent, who: Guardian | None, state: State, **more: Any) -> Answer:
        """Somebody answers, in words, today."""
        how = None if state == State.NOT_ASKED else How.ORAL
        given = actions.Given(who, state, **({"on": self.day, "how": how} | more))
        return actions.answer(
            consent, given, version=consent.version, by=self.principal, at=self.now
        )

    def agreed(self, **more: Any) -> Consent:
        """What both guardians have consented to."""
        made = self.asked(**more)
        for one in self.guardians:
            self.says(made, one, State.GIVEN)
        return made


@pytest.fixture
def family(town: Town) -> Family:
    """Two guardians, Ada and Bo; a pupil of thirteen."""
    pupil = Pupil.objects.create(
        authority=town.authority,
        key="elev-1",
        given_name="Elev",
        family_name="Provsson",
        sort_name="provsson elev",
        number_encrypted=encrypt(CHILD),
    )
    Enrolment.objects.create(
        pupil=pupil,
        school_key="almskolan",
        class_key="almskolan/7B",
        grade="7",
        from_on=LONG_AGO,
    )
    posts = {"principal": town.somebody(Role.PRINCIPAL, "almskolan", name="Robin Provgren")}
    made = Family(town, pupil, offices(), posts)
    made.guardian("Ada")
    made.guardian("Bo")
    return made


def offices() -> dict[str, Unit]:
    """An office of each of three other authorities."""
    kinds = {
        "social": (AuthorityKind.SOCIAL_SERVICES, "Linnåsa socialtjänst"),
        "region": (AuthorityKind.REGION, "Region Linnåsa, barn- och ungdomspsykiatri"),
        "clinic": (AuthorityKind.PRIMARY_CARE, "Linnåsa vårdcentral"),
    }
    return {
        key: Unit.objects.create(
            authority=Authority.objects.create(name=name, kind=kind),
            kind=UnitKind.OFFICE,
            name=name,
        )
        for key, (kind, name) in kinds.items()
    }
