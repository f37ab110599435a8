"""Disclosures: what Almskolan tells the social services' office, and a school of Granby reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.urls import reverse
from tests.web.matrix.cases import case
from tests.web.matrix_town import SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Account, Assignment, Unit
from narvaro.web.consent.items import Item
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.content import Part, Shown, frozen, hash_of
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.disclosures.models import Disclosed, Disclosure
from narvaro.web.disclosures.told import THE_PUPIL
from narvaro.web.pupils.models import Pupil

NOW = datetime.now(UTC) - timedelta(hours=1)
OFFICE, NEIGHBOUR = "socialkontoret", "granbyskolan"
Address = Callable[[MatrixTown, Assignment], Call]


def account(town: MatrixTown) -> Account:
    assert town.colleague.account is not None
    return town.colleague.account


def pupil(town: MatrixTown, whose: Assignment) -> Pupil:
    """The town's pupil; a coordinator's is the one of a case given to them."""
    return town.pupil if whose == town.colleague else case(town, whose).pupil


def receiver(town: MatrixTown, about: Pupil) -> Unit:
    office = town.units[OFFICE]
    return town.units[NEIGHBOUR] if office.authority == about.authority else office


def disclosure(town: MatrixTown, whose: Assignment) -> Disclosure:
    about = pupil(town, whose)
    return told(town, about, receiver(town, about))


def told_to(town: MatrixTown, whose: Assignment) -> Disclosure:
    """The colleague's is told to a unit where nobody stands, a viewer's to the one they serve at."""
    granby = town.units[NEIGHBOUR].authority
    if whose == town.colleague:
        beside = Unit.objects.create(authority=granby, kind="office", name="Enheten bredvid")
        return told(town, town.pupil, beside)
    if whose.unit.authority != town.authority:
        return told(town, town.pupil, whose.unit)
    about, _ = Pupil.objects.get_or_create(authority=granby, key="elev-i-granby")
    return told(town, about, whose.unit)


def told(town: MatrixTown, about: Pupil, to: Unit) -> Disclosure:
    made = Disclosure.objects.create(
        pupil=about,
        receiver=to,
        ground=Ground.DUTY,
        paragraph="Påhittad lag 1 kap. 2 §",
        purpose="Samordna stödet",
        item_count=1,
        made_by=account(town),
        made_as="principal",
        made_at=NOW,
        until_on=NOW.date() + timedelta(days=30),
    )
    text = frozen(Shown((Part("Frånvaro", ("Elev Provsson, 17 % frånvaro",)),)))
    Disclosed.objects.create(
        disclosure=made,
        item=Item.ATTENDANCE,
        content_sealed=text,
        content_hash=hash_of(Item.ATTENDANCE, text, None),
    )
    return made


def of_pupil(name: str, *more: str) -> Address:
    def address(town: MatrixTown, whose: Assignment) -> Call:
        return Call(reverse(name, args=[pupil(town, whose).public_id, *more]), at=SCHOOL)

    return address


def of_disclosure(name: str, data: dict[str, str] | None = None) -> Address:
    def address(town: MatrixTown, whose: Assignment) -> Call:
        made = disclosure(town, whose)
        return Call(reverse(name, args=[made.public_id]), at=SCHOOL, data=data)

    return address


def by_consent(town: MatrixTown, whose: Assignment) -> Call:
    about = pupil(town, whose)
    made = Consent.objects.create(
        pupil=about,
        receiver=receiver(town, about),
        purpose="Samordna stödet",
        items=[Item.STEPS],
        from_on=NOW.date(),
        to_on=NOW.date() + timedelta(days=30),
        made_by=account(town),
        made_at=NOW,
    )
    url = reverse("disclose_by_consent", args=[about.public_id, made.public_id])
    return Call(url, at=SCHOOL, data={"step": "change"})


def received(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("disclosures_received"), shows=f"{told_to(town, whose).public_id}/")


def read(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("read_disclosure", args=[told_to(town, whose).public_id]))


ADDRESSES: Addresses = {
    "disclosures": of_pupil("disclosures"),
    "disclose_by_consent": by_consent,
    "disclose_otherwise": of_pupil("disclose_otherwise"),
    "disclosures_told": of_pupil("disclosures_told"),
    "disclosures_sheet": of_pupil("disclosures_sheet", THE_PUPIL),
    "disclosure": of_disclosure("disclosure"),
    "end_disclosure": of_disclosure("end_disclosure", {"because": "done"}),
    "disclosures_received": received,
    "read_disclosure": read,
}
