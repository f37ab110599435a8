"""Agencies: their pages and contacts."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.urls import reverse
from tests.web.matrix_town import AUTHORITY, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Account, Assignment, Authority, AuthorityKind, Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.agencies.models import AgencyPage

NOON = datetime(2026, 1, 7, 11, tzinfo=UTC)
OFFICE = "socialkontoret"
GONE = "Psykiatrin utan kontakt"
WRITTEN = {
    "what_we_do": "Stöd",
    "when_to_call": "Tidigt",
    "whom_to_call": "Mottagningen",
    "version": "0",
}


def agency(town: MatrixTown) -> Authority:
    return town.others["social"].authority


def every(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("agencies"), at=AUTHORITY, shows=f'/{agency(town).public_id}/"')


def one(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("agency", args=[agency(town).public_id]), at=AUTHORITY)


def version(town: MatrixTown, _whose: Assignment) -> Call:
    authority = agency(town)
    writer = Account.objects.order_by("pk").first()
    assert writer is not None
    AgencyPage.objects.get_or_create(
        authority=authority, number=1, defaults={"written_by": writer, "written_at": NOON}
    )
    return Call(reverse("agency_version", args=[authority.public_id, 1]), at=AUTHORITY)


def write(town: MatrixTown, _whose: Assignment) -> list[Call]:
    url = reverse("agency_write", args=[agency(town).public_id])
    return [Call(url, at=OFFICE), Call(url, at=OFFICE, data=WRITTEN)]


def responsibilities(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("agency_responsibilities"))


def responsibilities_pdf(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("agency_responsibilities_pdf"))


def add(_town: MatrixTown, _whose: Assignment) -> list[Call]:
    url = reverse("agency_add")
    return [Call(url), Call(url, data={"name": "Ny verksamhet", "kind": "region"})]


def appoint(town: MatrixTown, _whose: Assignment) -> list[Call]:
    url = reverse("agency_appoint", args=[agency(town).public_id])
    sent = {"name": "Ny Kontakt", "email": "ny@social.invalid", "from_on": "2026-01-07"}
    return [Call(url, at=AUTHORITY), Call(url, at=AUTHORITY, data=sent)]


def end(town: MatrixTown, _whose: Assignment) -> Call:
    made = town.somebody(Role.AGENCY_CONTACT, OFFICE)
    url = reverse("agency_end_contact", args=[made.public_id])
    return Call(url, at=AUTHORITY)


def gone(town: MatrixTown, _whose: Assignment) -> Call:
    """An agency whose only contact has left, in the queue of who can see to it."""
    area = town.authority.collaboration_area
    made, is_new = Authority.objects.get_or_create(
        name=GONE, kind=AuthorityKind.REGION, collaboration_area=area
    )
    if is_new:
        office = Unit.objects.create(authority=made, kind="office", name=GONE)
        account = Account.objects.create_user("borta@psyk.invalid", name="Borta Provsson")
        Assignment.objects.create(
            account=account,
            role=Role.AGENCY_CONTACT,
            unit=office,
            from_on=date(2020, 1, 1),
            to_on=date(2021, 1, 1),
        )
    return Call(reverse("home"), at=AUTHORITY, shows=GONE)


ADDRESSES: Addresses = {
    "agencies": every,
    "agency": one,
    "agency_version": version,
    "agency_write": write,
    "agency_responsibilities": responsibilities,
    "agency_responsibilities_pdf": responsibilities_pdf,
    "agency_add": add,
    "agency_appoint": appoint,
    "agency_end_contact": end,
}
PARTS: Addresses = {"agencies.gaps": gone}
