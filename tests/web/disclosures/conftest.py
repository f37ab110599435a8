"""A pupil of Almskolan, those who decide there, and the social services beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.web.conftest import LONG_AGO, Town

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
from narvaro.web.consent.items import How, Item, State, Who
from narvaro.web.consent.models import Answer, Consent
from narvaro.web.consent.registry import tell_withdrawn
from narvaro.web.disclosures import content
from narvaro.web.disclosures.actions import disclose, preview
from narvaro.web.disclosures.content import Part, Shown
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.disclosures.models import Disclosed, Disclosure
from narvaro.web.disclosures.wishes import Wish
from narvaro.web.pupils.models import Enrolment, Guardian, Pupil

DAY = date(2026, 12, 2)
NOON = datetime(2026, 12, 2, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
ASKED = (Item.SCHOOL, Item.ATTENDANCE, Item.STEPS)


@dataclass
class Meeting:
    """Almskolan and the social services' office, with what each sees at a moment."""

    town: Town
    pupil: Pupil
    office: Unit
    other_office: Unit
    principal: Assignment
    social_worker: Assignment
    mother: Guardian
    father: Guardian

    def seen_by(self, assignment: Assignment, now: datetime = NOON) -> Viewer:
        """Somebody, looking at a moment."""
        assert assignment.account is not None
        return Viewer(assignment.account, assignment, now.date(), now)

    @property
    def decides(self) -> Account:
        """The principal's account."""
        assert self.principal.account is not None
        return self.principal.account

    @property
    def school(self) -> Viewer:
        """The principal at noon."""
        return self.seen_by(self.principal)

    @property
    def agency(self) -> Viewer:
        """The social worker at noon."""
        return self.seen_by(self.social_worker)

    def contact(self, at: Unit, **more: Any) -> Assignment:
        """A contact person of another authority."""
        made = self.town.somebody(Role.AGENCY_CONTACT, "almskolan")
        for name, value in ({"unit": at} | more).items():
            setattr(made, name, value)
        made.save()
        return made

    def asked(self, items: Iterable[Item] = ASKED, **more: Any) -> Consent:
        """A question of consent that nobody has answered."""
        fields: dict[str, Any] = {
            "pupil": self.pupil,
            "receiver": self.office,
            "purpose": "Samordna stödet till familjen",
            "items": sorted(items),
            "from_on": DAY - timedelta(days=10),
            "to_on": DAY + timedelta(days=60),
            "made_by": self.decides,
            "made_at": NOON - timedelta(days=10),
        }
        return Consent.objects.create(**fields | more)

    def answer(
        self,
        consent: Consent,
        guardian: Guardian | None,
        state: State = State.GIVEN,
        *,
        items: Iterable[Item] | None = None,
        at: datetime = NOON - HOUR,
    ) -> None:
        """Somebody answers; who takes something back is told of as consent itself tells of it."""
        given = consent.items if items is None else list(items)
        Answer.objects.create(
            consent=consent,
            who=Who.PUPIL if guardian is None else Who.GUARDIAN,
            guardian=guardian,
            state=state,
            items=sorted(given) if state in (State.GIVEN, State.PARTLY) else [],
            how=How.ORAL,
            on=at.date(),
            at=at,
            recorded_by=self.decides,
        )
        if state != State.GIVEN:
            tell_withdrawn(consent, at, self.seen_by(self.principal, at))

    def given(self, items: Iterable[Item] = ASKED, **more: Any) -> Consent:
        """A consent that everybody has given."""
        consent = self.asked(items, **more)
        for one in (self.mother, self.father, None):
            self.answer(consent, one)
        return consent

    def wish(self, consent: Consent | None = None, **more: Any) -> Wish:
        """Something to disclose: by the consent, or by a duty."""
        fields: dict[str, Any] = {
            "pupil": self.pupil,
            "receiver": self.office,
            "ground": Ground.DUTY,
            "paragraph": "Påhittad lag 1 kap. 2 §",
            "items": frozenset({Item.ATTENDANCE}),
            "purpose": "Samordna stödet till familjen",
            "until_on": DAY + timedelta(days=30),
        }
        if consent is not None:
            fields |= {"ground": Ground.CONSENT, "consent": consent, "paragraph": ""}
        return Wish(**fields | more)

    def told(self, wish: Wish, *, key: str = "", at: datetime = NOON) -> Disclosure:
        """Look at it and send it."""
        by = self.seen_by(self.principal, at)
        seen = preview(wish, by=by, at=at).seen
        return disclose(
            wish, seen=seen, key=key or f"key-{Disclosure.objects.count()}", by=by, at=at
        )

    def reads(self, assignment: Assignment | None = None, now: datetime = NOON) -> set[str]:
        """The items that somebody of the other side can read at a moment."""
        viewer = self.seen_by(assignment or self.social_worker, now)
        return {one.item for one in Disclosed.objects.live_for(viewer, now)}


@pytest.fixture
def meeting(town: Town) -> Meeting:
    """The two sides of a secrecy boundary."""
    pupil = Pupil.objects.create(
        authority=town.authority, key="elev-1", given_name="Elev", family_name="Provsson",
        sort_name="provsson elev",
    )  # fmt: skip
    Enrolment.objects.create(
        pupil=pupil, school_key="almskolan", class_key="almskolan/7B", grade="7", from_on=LONG_AGO
    )
    mother, father = (
        Guardian.objects.create(
            pupil=pupil, key=key, given_name=key, family_name="Provsson", contact=f"{key}@x.invalid"
        )
        for key in ("Mira", "Fredrik")
    )
    social = Authority.objects.create(
        name="Linnåsa socialtjänst", kind=AuthorityKind.SOCIAL_SERVICES
    )
    office, other = (
        Unit.objects.create(authority=social, kind=UnitKind.OFFICE, name=name)
        for name in ("Barn och unga", "Försörjning")
    )
    principal = town.somebody(Role.PRINCIPAL, "almskolan", name="Robin Provgren")
    made = Meeting(town, pupil, office, other, principal, principal, mother, father)
    made.social_worker = made.contact(office)
    return made


@pytest.fixture(autouse=True)
def _plain_items(monkeypatch: pytest.MonkeyPatch) -> dict[Item, str]:
    """Each item shows one line that a test can change; what the real ones show is tested apart."""
    lines = {one: f"Rad om {one}" for one in Item}

    def shows(item: Item) -> content.Provider:
        return lambda _pupil, _case, _viewer: Shown((Part("Rubrik", (lines[item],)),), NOON)

    monkeypatch.setattr(content, "PROVIDERS", {one: [shows(one)] for one in Item})
    return lines


@pytest.fixture
def lines(_plain_items: dict[Item, str]) -> dict[Item, str]:
    """What each item shows."""
    return _plain_items
