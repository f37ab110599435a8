"""Sources, loads, month-end runs."""

from __future__ import annotations

from datetime import UTC, datetime

from django.urls import reverse
from tests.web.matrix_ledger import RUN
from tests.web.matrix_town import AUTHORITY, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment
from narvaro.web.deliveries.models import Load, Source, SourceKind
from narvaro.web.deliveries.month_ends import public_id_of

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def source(town: MatrixTown, kind: str = SourceKind.PROFILE) -> Source:
    given = {"authority": town.authority, "kind": kind}
    return Source.objects.get_or_create(name=f"matrix {kind}", defaults=given)[0]


def load(town: MatrixTown) -> Load:
    given = {"asked_at": LONG_AGO, "looked_at": LONG_AGO}
    return Load.objects.get_or_create(source=source(town), defaults=given)[0]


def every(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.list"))


def add(_town: MatrixTown, _whose: Assignment) -> list[Call]:
    address = reverse("deliveries.add_source")
    return [Call(address), Call(address, data={"name": "", "kind": "x"})]


def one(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.source", args=[source(town).public_id]), at=AUTHORITY)


def upload(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.upload", args=[source(town).public_id]), at=AUTHORITY)


def mapping(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.mapping", args=[source(town).public_id]), at=AUTHORITY)


def connection(town: MatrixTown, _whose: Assignment) -> Call:
    server = source(town, SourceKind.SS12000)
    return Call(reverse("deliveries.connection", args=[server.public_id]), at=AUTHORITY)


def check(town: MatrixTown, _whose: Assignment) -> Call:
    server = source(town, SourceKind.SS12000)
    return Call(reverse("deliveries.check", args=[server.public_id]), at=AUTHORITY, data={})


def fetch(town: MatrixTown, _whose: Assignment) -> Call:
    server = source(town, SourceKind.SS12000)
    return Call(reverse("deliveries.fetch", args=[server.public_id]), at=AUTHORITY, data={})


def one_load(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.load", args=[load(town).public_id]), at=AUTHORITY)


def take_in(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.take_in", args=[load(town).public_id]), at=AUTHORITY, data={})


def discard(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.discard", args=[load(town).public_id]), at=AUTHORITY, data={})


def take_back(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.take_back", args=[load(town).public_id]), at=AUTHORITY, data={})


def runs(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.runs"))


def run_month_end(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.run_month_end"), data={"month": "2026-11"})


def run(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.run", args=[public_id_of(RUN), 1]))


def run_pupils(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("deliveries.run_pupils", args=[public_id_of(RUN), 1]))


ADDRESSES: Addresses = {
    "deliveries.list": every,
    "deliveries.add_source": add,
    "deliveries.source": one,
    "deliveries.upload": upload,
    "deliveries.mapping": mapping,
    "deliveries.connection": connection,
    "deliveries.check": check,
    "deliveries.fetch": fetch,
    "deliveries.load": one_load,
    "deliveries.take_in": take_in,
    "deliveries.discard": discard,
    "deliveries.take_back": take_back,
    "deliveries.runs": runs,
    "deliveries.run": run,
    "deliveries.run_pupils": run_pupils,
    "deliveries.run_month_end": run_month_end,
}
