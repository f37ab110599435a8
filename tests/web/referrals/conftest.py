"""A case at Almskolan, and those whom it can ask: social services, psychiatry, another school."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.web.cases.conftest import School, peopled
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
from narvaro.web.cases import actions as cases
from narvaro.web.cases.models import Case, OpenedBecause
from narvaro.web.consent import actions as consents
from narvaro.web.consent.items import How, Item, State
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures import actions as disclosures
from narvaro.web.disclosures import content
from narvaro.web.disclosures.content import Part, Shown
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.disclosures.models import Disclosure
from narvaro.web.disclosures.wishes import Wish
from narvaro.web.pupils.models import Guardian
from narvaro.web.pupils.numbers import encrypt
from narvaro.web.referrals import actions
from narvaro.web.referrals.models import Referral

QUESTION = "Kan ni möta familjen hemma?"
CHILD = "20131300-0001"
"""An impossible number: a birth year, and no day in it."""


@dataclass
class Around:
    """The school, its case, and a unit with a contact at each of the others."""

    school: School
    case: Case
    social: Assignment
    psychiatry: Assignment
    other_school: Assignment

    def viewer(self, post: Assignment, *, on: date | None = None) -> Viewer:
        """Whoever holds a post, today or another day."""
        assert post.account is not None
        day = on or self.school.day
        return Viewer(post.account, post, day, self.school.now + (day - self.school.day))

    @property
    def principal(self) -> Viewer:
        """The principal of the school, today."""
        return self.school.by(Role.PRINCIPAL)

    def browser(self, post: Assignment) -> Client:
        """A browser of who holds a post."""
        return self.school.town.signed_in(post)

    def prepared(self, receiver: Unit | None = None) -> Referral:
        """A referral that the principal has written, to social services."""
        to = receiver or self.social.unit
        day, by = self.school.now, self.principal
        return actions.prepare(self.case, receiver=to, question=QUESTION, by=by, at=day)

    def consented(self) -> Consent:
        """The pupil's one guardian has consented to one item for social services."""
        guardian, _made = Guardian.objects.get_or_create(
            pupil=self.case.pupil, key="v", given_name="Ada", family_name="Provsson"
        )
        day = self.school.day
        question = consents.Question(
            receiver=self.social.unit,
            purpose="Planera stödet",
            items=(Item.ATTENDANCE,),
            from_on=day,
            to_on=day + timedelta(days=200),
        )
        by = self.principal
        made = consents.ask(self.case.pupil, question, by=by, at=by.now)
        self.says(made, guardian, State.GIVEN)
        return made

    def says(self, consent: Consent, guardian: Guardian, state: State) -> None:
        """The guardian answers, in words, today."""
        consent.refresh_from_db()
        given = consents.Given(guardian, state, on=self.school.day, how=How.ORAL)
        by = self.principal
        consents.answer(consent, given, version=consent.version, by=by, at=by.now)

    def told(
        self,
        receiver: Unit | None = None,
        consent: Consent | None = None,
        items: Iterable[Item] = (Item.ATTENDANCE,),
    ) -> Disclosure:
        """The absence figures, told to the receiver: by a duty, or by the consent."""
        by, day = self.principal, self.school.day
        wish = Wish(
            pupil=self.case.pupil,
            receiver=receiver or self.social.unit,
            ground=Ground.DUTY if consent is None else Ground.CONSENT,
            consent=consent,
            paragraph="Påhittad lag 1 kap. 2 §" if consent is None else "",
            items=frozenset(items),
            purpose="Planera stödet",
            until_on=day + timedelta(days=190),
        )
        seen = disclosures.preview(wish, by=by, at=by.now).seen
        key = f"key-{Disclosure.objects.count()}"
        return disclosures.disclose(wish, seen=seen, key=key, by=by, at=by.now)

    def sent(self, consent: Consent | None = None) -> Referral:
        """A referral to social services on the absence figures."""
        made, by = self.prepared(), self.principal
        told = self.told(consent=consent)
        return actions.send(made, told, version=made.version, by=by, at=by.now)


def somebody_at(kind: AuthorityKind, unit: UnitKind, role: Role) -> Assignment:
    """Somebody in a role at a unit of an authority of their own."""
    authority = Authority.objects.create(name=f"Linnåsa {kind}", kind=kind, key=f"other-{kind}")
    place = Unit.objects.create(
        authority=authority, kind=unit, name=f"Mottagande {kind}", key=f"other-{kind}"
    )
    account = Account.objects.create_user(f"{kind}@linnasa.invalid", name=f"Kontakt {kind}")
    return Assignment.objects.create(account=account, role=role, unit=place, from_on=LONG_AGO)


@pytest.fixture
def around(town: Town) -> Around:
    """The school with its neighbours, a case opened on the school's day."""
    school = peopled(town)
    school.pupil.number_encrypted = encrypt(CHILD)
    school.pupil.save()
    case = cases.open_case(
        school.pupil,
        because=OpenedBecause.STAFF,
        words="",
        by=school.by(Role.PRINCIPAL),
        at=school.now,
    )
    return Around(
        school,
        case,
        somebody_at(AuthorityKind.SOCIAL_SERVICES, UnitKind.OFFICE, Role.AGENCY_CONTACT),
        somebody_at(AuthorityKind.REGION, UnitKind.OFFICE, Role.AGENCY_CONTACT),
        somebody_at(AuthorityKind.SCHOOL, UnitKind.SCHOOL, Role.PRINCIPAL),
    )


@pytest.fixture(autouse=True)
def _plain_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each item shows one line; what the real ones show is tested with disclosures."""

    def shows(item: Item) -> content.Provider:
        return lambda _pupil, _case, _viewer: Shown((Part("Rubrik", (f"Rad om {item}",)),))

    monkeypatch.setattr(content, "PROVIDERS", {one: [shows(one)] for one in Item})


@pytest.fixture(autouse=True)
def the_day(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browsers' day is the school's, where a test has one."""
    if "around" not in request.fixturenames:
        return
    told: dict[str, Callable[[], object]] = {
        "now_of": lambda: request.getfixturevalue("around").school.now,
        "today_of": lambda: request.getfixturevalue("around").school.day,
    }
    for place in ("doors", "middleware"):
        for name, ask in told.items():
            where = f"narvaro.web.accounts.{place}.{name}"
            monkeypatch.setattr(where, lambda _request, ask=ask: ask(), raising=False)
