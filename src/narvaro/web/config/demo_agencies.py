"""The demo's other authorities with their units and people, all invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    AuthorityKind,
    CollaborationArea,
    Placement,
    Unit,
    UnitKind,
)
from narvaro.web.accounts.roles import Role

LONG_AGO = date(2020, 1, 1)
SOCIAL = "Linnåsa socialtjänst"
PSYCHIATRY = "Region Linnåsa, barn- och ungdomspsykiatri"
PRIMARY_CARE = "Linnåsa vårdcentral"
INDEPENDENT = "Stiftelsen Kastanjen"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who answers for an authority, from a day to a day."""

    name: str
    email: str
    from_on: date = LONG_AGO
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """An authority, and who has been its contact."""

    name: str
    kind: AuthorityKind
    contacts: tuple[Contact, ...]


AGENCIES = (
    Agency(
        SOCIAL,
        AuthorityKind.SOCIAL_SERVICES,
        (Contact("Samir Påhittsberg", "agency_contact@linnasa.example"),),
    ),
    Agency(
        PSYCHIATRY,
        AuthorityKind.REGION,
        (
            Contact("Ulla Exempelgren", "bup@linnasa.example", to_on=date(2026, 6, 30)),
            Contact("Vera Låtsasholm", "bup2@linnasa.example", date(2026, 9, 1)),
        ),
    ),
    Agency(
        PRIMARY_CARE,
        AuthorityKind.PRIMARY_CARE,
        (
            Contact(
                "Yusuf Testberg", "vardcentral@linnasa.example", LONG_AGO, to_on=date(2026, 12, 23)
            ),
        ),
    ),
)
"""One changed its contact with two months between; one has nobody after Christmas."""


def make_agencies(area: CollaborationArea) -> None:
    """Make what is not there yet of the agencies and of an independent school."""
    for told in AGENCIES:
        office = _office(told, area)
        for contact in told.contacts:
            _somebody(contact, Role.AGENCY_CONTACT, office)
    school = _independent_school(area)
    _somebody(Contact("Åke Provholm", "rektor@kastanjen.example"), Role.PRINCIPAL, school)


def _office(told: Agency, area: CollaborationArea) -> Unit:
    authority, _ = Authority.objects.get_or_create(
        name=told.name, kind=told.kind, defaults={"collaboration_area": area}
    )
    office, _ = Unit.objects.get_or_create(
        authority=authority, kind=UnitKind.OFFICE, name=told.name
    )
    return office


def _independent_school(area: CollaborationArea) -> Unit:
    """A school authority that has sent nothing to the ledger: its school alone has a key."""
    authority, _ = Authority.objects.get_or_create(
        name=INDEPENDENT, kind=AuthorityKind.SCHOOL, defaults={"collaboration_area": area}
    )
    top, _ = Unit.objects.get_or_create(
        authority=authority, kind=UnitKind.AUTHORITY, name=INDEPENDENT
    )
    school, is_new = Unit.objects.get_or_create(
        authority=authority,
        kind=UnitKind.SCHOOL,
        key="friskolan-kastanjen",
        defaults={"name": "Friskolan Kastanjen"},
    )
    if is_new:
        Placement.objects.create(unit=school, parent=top, from_on=LONG_AGO)
    return school


def _somebody(told: Contact, role: Role, unit: Unit) -> None:
    if Account.objects.filter(email=told.email).exists():
        return
    Assignment.objects.create(
        account=Account.objects.create_user(told.email, name=told.name, is_demo=True),
        role=role,
        unit=unit,
        from_on=told.from_on,
        to_on=told.to_on,
    )
