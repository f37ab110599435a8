"""For the one who watches over the installation."""

from __future__ import annotations

from django.urls import reverse
from tests.web.matrix_town import Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment


def health(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("health"))


def ready(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("ready"))


ADDRESSES: Addresses = {"health": health, "ready": ready}
