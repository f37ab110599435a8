"""Pages that everybody has, and one's own."""

from __future__ import annotations

from django.urls import reverse
from tests.web.matrix_town import Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment


def home(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("home"))


def act_as(_town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("act_as", args=[whose.public_id]), data={})


ADDRESSES: Addresses = {"home": home, "act_as": act_as}
