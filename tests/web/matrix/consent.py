"""Consents about a pupil of 7B, or about the pupil of a case that the viewer was given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.urls import reverse
from tests.web.matrix.cases import case
from tests.web.matrix_town import CLASS, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment, Unit
from narvaro.web.consent.items import How, Item, State, Who
from narvaro.web.consent.models import Answer, Consent, SupportOffer

NOW = datetime.now(UTC)
TODAY = NOW.date()
A_MONTH = timedelta(days=30)
Address = Callable[[MatrixTown, Assignment], list[Call]]


def receiver(town: MatrixTown, whose: Assignment) -> Unit:
    """An office of another authority than the pupil's."""
    is_social = whose.unit.authority == town.others["social"].authority
    return town.units["granbyskolan" if is_social else "socialkontoret"]


def consent(town: MatrixTown, whose: Assignment) -> Consent:
    """Asked for, and agreed to by the pupil."""
    found = case(town, whose)
    made = Consent.objects.create(
        pupil=found.pupil,
        receiver=receiver(town, whose),
        purpose="Ett möte",
        items=[Item.ATTENDANCE.value],
        from_on=TODAY,
        to_on=TODAY + A_MONTH,
        made_by=found.owner,
        made_at=NOW,
    )
    Answer.objects.create(
        consent=made,
        who=Who.PUPIL,
        state=State.GIVEN,
        items=made.items,
        how=How.ORAL,
        on=date(2020, 1, 1),
        at=NOW,
        recorded_by=found.owner,
    )
    return made


def of_pupil(name: str) -> Address:
    def address(town: MatrixTown, whose: Assignment) -> list[Call]:
        pupil = consent(town, whose).pupil
        return [Call(reverse(name, args=[pupil.public_id]), at=CLASS)]

    return address


def page(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("consent", args=[consent(town, whose).public_id]), at=CLASS)


def ask(town: MatrixTown, whose: Assignment) -> list[Call]:
    url = reverse("ask_consent", args=[case(town, whose).pupil.public_id])
    data = {
        "receiver": receiver(town, whose).public_id,
        "items": ["steps"],
        "purpose": "Ett möte",
        "from_on": str(TODAY),
        "to_on": str(TODAY + A_MONTH),
    }
    return [Call(url, at=CLASS), Call(url, at=CLASS, data=data)]


def answer(town: MatrixTown, whose: Assignment) -> list[Call]:
    url = reverse("answer_consent", args=[consent(town, whose).public_id, "eleven"])
    data = {"state": "refused", "how": "oral", "on": "2020-01-01", "version": "1"}
    return [Call(url, at=CLASS), Call(url, at=CLASS, data=data)]


def withdraw(town: MatrixTown, whose: Assignment) -> Call:
    url = reverse("withdraw_consent", args=[consent(town, whose).public_id, "eleven"])
    return Call(url, at=CLASS, data={"how": "oral"})


def offer(town: MatrixTown, whose: Assignment) -> list[Call]:
    url = reverse("offer_support", args=[case(town, whose).pupil.public_id])
    unit = receiver(town, whose).public_id
    data = {"unit": unit, "what": "Stödsamtal", "on": "2020-01-01"}
    return [Call(url, at=CLASS), Call(url, at=CLASS, data=data)]


def reply(town: MatrixTown, whose: Assignment) -> list[Call]:
    found = case(town, whose)
    made = SupportOffer.objects.create(
        pupil=found.pupil,
        unit=receiver(town, whose),
        what="Stödsamtal",
        offered_on=date(2020, 1, 1),
        offered_by=found.owner,
        made_at=NOW,
    )
    url = reverse("reply_to_support", args=[made.public_id])
    data = {"reply": "declined", "who": "pupil", "on": "2020-01-02", "version": "1"}
    return [Call(url, at=CLASS), Call(url, at=CLASS, data=data)]


ADDRESSES: Addresses = {
    "consents": of_pupil("consents"),
    "ask_consent": ask,
    "consent": page,
    "answer_consent": answer,
    "withdraw_consent": withdraw,
    "offer_support": offer,
    "reply_to_support": reply,
}
