"""Referrals of Almskolan, and those that were sent to whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from tests.web.matrix.cases import case
from tests.web.matrix_town import CLASS, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    AuthorityKind,
    Unit,
    UnitKind,
)
from narvaro.web.accounts.roles import Role
from narvaro.web.cases.models import Case
from narvaro.web.consent.items import Item
from narvaro.web.disclosures.content import Part, Shown, frozen, hash_of
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.disclosures.models import Disclosed, Disclosure
from narvaro.web.pupils.models import Pupil
from narvaro.web.referrals.models import Moment, Referral
from narvaro.web.referrals.words import Happening, ReferralKind, Side, State

NOW = datetime.now(UTC) - timedelta(hours=1)
SOON = NOW.date() + timedelta(days=14)
Address = Callable[[MatrixTown, Assignment], Call]


def office(town: MatrixTown, about: Case) -> Unit:
    """A unit of another authority than the case's."""
    found = town.units["socialkontoret"]
    return town.units["granbyskolan"] if found.authority == about.authority else found


def told(about: Case, receiver: Unit) -> Disclosure:
    """One item of the case's pupil, told to the receiver."""
    made = Disclosure.objects.create(
        pupil=about.pupil,
        receiver=receiver,
        ground=Ground.DUTY,
        paragraph="Påhittad lag 1 kap. 2 §",
        purpose="Samordna stödet",
        item_count=1,
        made_by=about.owner,
        made_as=Role.PRINCIPAL,
        made_at=NOW,
        until_on=SOON,
    )
    text = frozen(Shown((Part("Frånvaro", ("17 % frånvaro",)),)))
    Disclosed.objects.create(
        disclosure=made,
        item=Item.ATTENDANCE,
        content_sealed=text,
        content_hash=hash_of(Item.ATTENDANCE, text, None),
    )
    return made


def referral(about: Case, receiver: Unit, **more: Any) -> Referral:
    fields = {
        "case": about,
        "pupil": about.pupil,
        "authority": about.authority,
        "receiver": receiver,
        "question": "Kan ni möta familjen?",
        "made_at": NOW,
        "made_on": NOW.date(),
        "made_by": about.owner,
    } | more
    made = Referral.objects.create(**fields)
    Moment.objects.create(
        referral=made,
        number=1,
        what=Happening.PREPARE,
        side=Side.SENDER,
        at=NOW,
        on=NOW.date(),
        by=about.owner,
    )
    return made


def sent(about: Case, receiver: Unit, state: State = State.SEEN, **more: Any) -> Referral:
    given = {"disclosure": told(about, receiver), "sent_on": NOW.date(), "due_on": SOON}
    return referral(about, receiver, state=state, **given | more)


def to_somebody(town: MatrixTown, whose: Assignment) -> Referral:
    """Sent to the very unit of whoever asks, from a school authority that is not theirs."""
    if whose == town.colleague:
        about = case(town, whose)
        return sent(about, _where_nobody_serves())
    kind = ReferralKind.HELP if whose.role == Role.AGENCY_CONTACT else ReferralKind.HAND_OVER
    about = case(town, whose)
    about.authority = Authority.objects.create(
        name="Avsändande", kind=AuthorityKind.SCHOOL, key=f"fran-{whose.pk}"
    )
    about.pupil = Pupil.objects.create(authority=about.authority, key="elev-hos-avsandaren")
    about.owner = Account.objects.create_user(f"a{whose.pk}@linnasa.invalid", name="Avsändare")
    about.save()
    return sent(about, whose.unit, kind=kind)


def _where_nobody_serves() -> Unit:
    other = Authority.objects.create(name="En annan", kind=AuthorityKind.REGION, key="en-annan")
    return Unit.objects.create(authority=other, kind=UnitKind.OFFICE, name="En mottagning")


def listed(town: MatrixTown, whose: Assignment) -> Call:
    about = case(town, whose)
    made = referral(about, office(town, about))
    return Call(reverse("referrals"), at=CLASS, shows=reverse("referral", args=[made.public_id]))


def of_case(name: str, **data: str) -> Callable[[MatrixTown, Assignment], list[Call]]:
    def address(town: MatrixTown, whose: Assignment) -> list[Call]:
        url = reverse(name, args=[case(town, whose).public_id])
        return [Call(url, at=CLASS), *([Call(url, at=CLASS, data=data)] if data else [])]

    return address


def prepare(town: MatrixTown, whose: Assignment) -> list[Call]:
    about = case(town, whose)
    url = reverse("referral_prepare", args=[about.public_id])
    return [Call(url, at=CLASS)]


def page(town: MatrixTown, whose: Assignment) -> Call:
    about = case(town, whose)
    made = referral(about, office(town, about))
    return Call(reverse("referral", args=[made.public_id]), at=CLASS)


def send(town: MatrixTown, whose: Assignment) -> Call:
    about = case(town, whose)
    receiver = office(town, about)
    made = referral(about, receiver)
    data = {"version": "1", "disclosure": told(about, receiver).public_id}
    return Call(reverse("referral_send", args=[made.public_id]), at=CLASS, data=data)


def decide(town: MatrixTown, whose: Assignment) -> Call:
    about = case(town, whose)
    made = referral(about, office(town, about))
    data = {"what": "withdraw", "why": "Skäl", "version": "1"}
    return Call(reverse("referral_decide", args=[made.public_id]), at=CLASS, data=data)


def inbox(town: MatrixTown, whose: Assignment) -> Call:
    made = to_somebody(town, whose)
    page_of = reverse("referral_received", args=[made.public_id])
    return Call(reverse("referrals_received"), shows=page_of)


def received(town: MatrixTown, whose: Assignment) -> Call:
    made = to_somebody(town, whose)
    return Call(reverse("referral_received", args=[made.public_id]))


def answer(town: MatrixTown, whose: Assignment) -> Call:
    made = to_somebody(town, whose)
    url = reverse("referral_answer", args=[made.public_id])
    return Call(url, data={"what": "accept", "version": "1"})


ADDRESSES: Addresses = {
    "referrals": listed,
    "referral": page,
    "referral_prepare": prepare,
    "referral_send": send,
    "referral_decide": decide,
    "referral_move": of_case("referral_move", where="abroad"),
    "referral_concern": of_case("referral_concern", on=NOW.date().isoformat()),
    "referrals_received": inbox,
    "referral_received": received,
    "referral_answer": answer,
}
