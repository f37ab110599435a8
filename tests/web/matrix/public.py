"""Pages that hold nobody's data."""

from __future__ import annotations

from django.urls import reverse
from tests.web.matrix_town import Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment


def start(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("start"))


def demo_sign_in(_town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("demo_sign_in", args=[whose.public_id]), data={})


def demo_day(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("demo_day"), data={"day": "2027-02-01"})


def language(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("language"), data={"language": "en"})


def appearance(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("appearance"), data={"look": "dark"})


def hidden(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("hidden"))


def counting(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("counting"))


def accessibility(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("accessibility"))


def privacy(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("privacy"))


def gallery(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("gallery"))


ADDRESSES: Addresses = {
    "gallery": gallery,
    "start": start,
    "demo_sign_in": demo_sign_in,
    "demo_day": demo_day,
    "language": language,
    "appearance": appearance,
    "hidden": hidden,
    "counting": counting,
    "accessibility": accessibility,
    "privacy": privacy,
}
