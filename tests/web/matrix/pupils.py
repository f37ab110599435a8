"""Pupils: lists, search, contacts, protected identities."""

from __future__ import annotations

from django.urls import reverse
from tests.web.conftest import LONG_AGO
from tests.web.matrix_town import CLASS, SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.pupils.models import Access, Enrolment, Protection, Pupil

NAME = "Elev Provsson"


def protected(town: MatrixTown, *listed: Account) -> Pupil:
    """Somebody with a protected identity in 7B; `listed` are on the list."""
    pupil = Pupil.objects.create(
        authority=town.authority, key="skyddad", protection=Protection.MARKED
    )
    Enrolment.objects.create(pupil=pupil, school_key=SCHOOL, class_key=CLASS, from_on=LONG_AGO)
    Access.objects.bulk_create(
        Access(pupil=pupil, account=one, decided_by=one, from_on=LONG_AGO) for one in listed
    )
    return pupil


def every(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("pupils"), at=CLASS, shows=NAME)


def search(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("pupils_search"), at=CLASS, data={"text": "provsson"}, shows=NAME)


def page(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("pupil", args=[town.pupil.public_id]), at=CLASS)


def on_paper(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("pupil_on_paper", args=[town.pupil.public_id]), at=CLASS)


def school_year(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("pupil_year", args=[town.pupil.public_id]), at=CLASS)


def history(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("pupil_history", args=[town.pupil.public_id]), at=CLASS)


def contacts(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("pupils_contacts", args=[town.pupil.public_id]), at=CLASS)


def number(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("pupils_number", args=[town.pupil.public_id]), at=CLASS, data={})


def opening(town: MatrixTown, _whose: Assignment) -> Call:
    pupil = protected(town, *Account.objects.all())  # on the list is not enough without scope
    return Call(reverse("pupils_open", args=[pupil.public_id]), at=CLASS)


def lists(town: MatrixTown, _whose: Assignment) -> Call:
    shown = f"Elev {protected(town).public_id[:6]}"
    return Call(reverse("pupils_protected"), at=CLASS, shows=shown)


def access(town: MatrixTown, _whose: Assignment) -> Call:
    account = town.colleague.account
    assert account is not None
    data = {"account": account.public_id}
    return Call(reverse("pupils_access", args=[protected(town).public_id]), at=CLASS, data=data)


def access_end(town: MatrixTown, _whose: Assignment) -> Call:
    account = town.colleague.account
    assert account is not None
    given = protected(town, account).access_list.get()
    return Call(reverse("pupils_access_end", args=[given.public_id]), at=CLASS, data={})


def count_only(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("pupils_count_only", args=[protected(town).public_id]), at=CLASS, data={})


def hold_letters(town: MatrixTown, _whose: Assignment) -> Call:
    home = town.pupil.guardians.create(key="hem", given_name="Hem", family_name="Provsson")
    url = reverse("pupils_hold_letters", args=[town.pupil.public_id, home.public_id])
    return Call(url, at=CLASS, data={"held_back": "threat"})


ADDRESSES: Addresses = {
    "pupils_hold_letters": hold_letters,
    "pupils": every,
    "pupils_search": search,
    "pupil": page,
    "pupil_on_paper": on_paper,
    "pupil_year": school_year,
    "pupil_history": history,
    "pupils_contacts": contacts,
    "pupils_number": number,
    "pupils_open": opening,
    "pupils_protected": lists,
    "pupils_access": access,
    "pupils_access_end": access_end,
    "pupils_count_only": count_only,
}
