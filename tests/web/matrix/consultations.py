"""A consultation that Almskolan has booked of the social services, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from tests.web.matrix_town import SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.consultations.models import Asked, Booking, Slot

OFFICE = "socialkontoret"
SOON = datetime.now(UTC) + timedelta(days=20)
AGO = datetime.now(UTC) - timedelta(days=1)
Address = Callable[[MatrixTown, Assignment], Call]


def account(town: MatrixTown) -> Account:
    assert town.colleague.account is not None
    return town.colleague.account


def slot(town: MatrixTown, starts_at: datetime = SOON, **more: Any) -> Slot:
    """Of somebody who is a contact at the office, whoever looks."""
    adviser = Account.objects.create_user(f"r{Slot.objects.count()}@social.invalid", name="Råd")
    Assignment.objects.create(
        account=adviser, role=Role.AGENCY_CONTACT, unit=town.units[OFFICE], from_on=AGO.date()
    )
    day = starts_at.date()
    fields = {"unit": town.units[OFFICE], "adviser": adviser, "starts_at": starts_at, "on": day}
    fields |= {"minutes": 60, "place_kind": "school", "released_on": day, "closes_on": day}
    return Slot.objects.create(**fields, made_at=AGO, made_by=adviser, **more)


def booking(town: MatrixTown, starts_at: datetime = SOON, **more: Any) -> Booking:
    return Booking.objects.create(
        slot=slot(town, starts_at),
        unit=town.units[SCHOOL],
        purpose="case_advice",
        question="Hur börjar man?",
        booked_by=account(town),
        booked_at=AGO,
        **more,
    )


def listed(town: MatrixTown, _whose: Assignment) -> Call:
    url = reverse("consultation", args=[booking(town).slot.public_id])
    return Call(reverse("consultations"), at=SCHOOL, also_at=OFFICE, shows=url)


def one(town: MatrixTown, _whose: Assignment) -> Call:
    url = reverse("consultation", args=[booking(town).slot.public_id])
    return Call(url, at=SCHOOL, also_at=OFFICE)


def counted(town: MatrixTown, _whose: Assignment) -> Call:
    made = booking(town, AGO, held_at=AGO, held_by=account(town))
    Asked.objects.create(
        booking=made,
        account=account(town),
        profession="teacher",
        was_present=False,
        noted_by=account(town),
    )
    return Call(reverse("consultation_attendance"), at=SCHOOL, also_at=OFFICE, shows="0 av 1")


def book(town: MatrixTown, _whose: Assignment) -> Call:
    made = slot(town, held_for=town.units[SCHOOL])
    made.released_on = made.on - timedelta(days=1)
    made.save()
    return Call(reverse("book_consultation", args=[made.public_id]), at=SCHOOL)


def take_back(town: MatrixTown, _whose: Assignment) -> Call:
    url = reverse("take_back_consultation", args=[booking(town).public_id])
    return Call(url, at=SCHOOL, data={"version": "1"})


def asked(town: MatrixTown, whose: Assignment) -> Booking:
    made = booking(town, public_id=whose.public_id)
    made.unit = whose.unit
    made.save()
    assert whose.account is not None
    Asked.objects.create(booking=made, account=whose.account, profession=whose.role)
    return made


def answer(town: MatrixTown, whose: Assignment) -> Call:
    made = asked(town, whose)
    return Call(reverse("answer_consultation", args=[made.public_id]), data={"says": "comes"})


def send_another(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("send_another", args=[asked(town, whose).public_id]))


def offer(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("offer_consultations"))


def cancel(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("cancel_consultation", args=[booking(town).slot.public_id]), at=OFFICE)


def note(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("note_consultation", args=[booking(town, AGO).public_id]), at=OFFICE)


ADDRESSES: Addresses = {
    "consultations": listed,
    "consultation_attendance": counted,
    "offer_consultations": offer,
    "consultation": one,
    "book_consultation": book,
    "cancel_consultation": cancel,
    "take_back_consultation": take_back,
    "answer_consultation": answer,
    "send_another": send_another,
    "note_consultation": note,
}
