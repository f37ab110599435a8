"""A case at Almskolan, and those whom it can ask: social services, psychiatry, another school."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

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
from narvaro.web.referrals import actions
from narvaro.web.referrals.models import Referral

QUESTION = "Kan ni möta familjen hemma?"


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
        return Viewer(post.account, post, day, self.school.now.replace(day=day.day))

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
