"""The demo has consents in every state, asked the day before its day, and made once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web.consent.conftest import Family, family  # noqa: F401
from tests.web.matrix.cases import routine

from narvaro.web.cases.models import Case, OpenedBecause
from narvaro.web.config.demo_consents import PLANS, make_consents
from narvaro.web.consent.asking import live_items_of
from narvaro.web.consent.items import Item
from narvaro.web.consent.models import Answer, Consent, SupportOffer
from narvaro.web.pupils.models import Enrolment, Guardian, Pupil


@pytest.fixture
def cases(family: Family) -> Family:  # noqa: F811
    """As many open cases as there are plans, each pupil with two guardians."""
    for number in range(len(PLANS)):
        pupil = Pupil.objects.create(
            authority=family.town.authority,
            key=f"demo-{number}",
            number_encrypted=family.pupil.number_encrypted,
        )
        Enrolment.objects.create(
            pupil=pupil, school_key="almskolan", grade="7", from_on=family.day - timedelta(days=99)
        )
        for key in ("a", "b"):
            Guardian.objects.create(pupil=pupil, key=key)
        began = family.now - timedelta(days=30)
        Case.objects.create(
            pupil=pupil,
            authority=family.town.authority,
            school=family.town.units["almskolan"],
            owner=family.principal.account,
            routine=routine(),
            opened_at=began,
            opened_on=began.date(),
            opened_by=family.principal.account,
            opened_because=OpenedBecause.STAFF,
        )
    return family


def test_every_state_is_there_and_nothing_is_made_twice(cases: Family) -> None:
    made = make_consents(cases.now)
    again = make_consents(cases.now)

    found = list(Consent.objects.order_by("pk"))
    live = live_items_of(found, at=cases.now)
    assert (made, again) == (len(PLANS), 0)
    assert [len(live[one.pk]) for one in found] == [3, 1, 0, 0, 0]
    assert live[found[0].pk] == {Item.ATTENDANCE, Item.STEPS, Item.SUPPORT}
    assert set(Answer.objects.values_list("state", flat=True)) == {
        "given", "partly", "refused", "withdrawn",
    }  # fmt: skip
    assert SupportOffer.objects.count() == 1
