"""Agencies and their contacts, where an agency has no administrator of its own."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    AuthorityKind,
    CollaborationArea,
    Unit,
    UnitKind,
)
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind


@transaction.atomic
def add_agency(*, name: str, kind: AuthorityKind, by: Viewer, at: datetime) -> Authority:
    """Make an agency with an office, in the viewer's collaboration area. Raises `Refused`."""
    area = _area_of(by)
    if Authority.objects.filter(collaboration_area=area, name=name).exists():
        raise Refused(_("Verksamheten finns redan."))
    made = Authority.objects.create(name=name, kind=kind, collaboration_area=area)
    Unit.objects.create(authority=made, kind=UnitKind.OFFICE, name=name)
    _tell(by, "agencies.add", at, f"authority:{made.public_id}")
    return made


@transaction.atomic
def appoint(
    *,
    authority: Authority,
    name: str,
    email: str,
    from_on: date,
    to_on: date | None,
    by: Viewer,
    at: datetime,
) -> Assignment:
    """Make somebody the contact of an agency from a day. Raises `Refused`.

    The person chooses a password by mail. Nobody of the appointing side becomes the other's.
    """
    _sees_to(authority, by)
    if to_on is not None and to_on < from_on:
        raise Refused(_("Slutdagen ligger före startdagen."))
    account = Account.objects.filter(email=email.lower()).first()
    if account is not None and _serves_elsewhere(account, authority, by.today):
        raise Refused(_("Adressen hör till någon som arbetar hos en annan huvudman."))
    office = authority.units.filter(kind=UnitKind.OFFICE).order_by("pk").first()
    if office is None:
        office = Unit.objects.create(authority=authority, kind=UnitKind.OFFICE, name=authority.name)
    if account is None:
        account = Account.objects.create_user(email, name=name)
    made = Assignment.objects.create(
        account=account,
        role=Role.AGENCY_CONTACT,
        unit=office,
        from_on=from_on,
        to_on=to_on,
    )
    _tell(
        by,
        "agencies.appoint",
        at,
        f"account:{account.public_id}",
        f"assignment:{made.public_id}",
        f"unit:{office.public_id}",
    )
    return made


@transaction.atomic
def end_contact(
    *, assignment: Assignment, last_on: date, version: int, by: Viewer, at: datetime
) -> None:
    """End a contact with a day: from the next one nothing opens. Raises `ChangedMeanwhile`, `Refused`."""
    found = locked(Assignment.objects.all(), assignment.pk, version=version)
    _sees_to(found.unit.authority, by)
    if last_on < found.from_on:
        raise Refused(_("Uppdraget började senare än så."))
    found.to_on = last_on
    found.save(update_fields=["to_on", "version"])
    _tell(by, "agencies.end_contact", at, f"assignment:{found.public_id}")


def has_own_administrator(authority: Authority, day: date) -> bool:
    """Whether the agency sees to its people itself."""
    there = Assignment.objects.in_force(day).filter(unit__authority=authority)
    return there.filter(role=Role.ADMINISTRATOR, account__isnull=False).exists()


def _sees_to(authority: Authority, by: Viewer) -> None:
    if has_own_administrator(authority, by.today) and authority != by.authority:
        raise Refused(_("Verksamheten har en egen administratör, som utser sina kontaktpersoner."))


def _serves_elsewhere(account: Account, authority: Authority, day: date) -> bool:
    there = account.assignments.in_force(day).exclude(unit__authority=authority)
    return there.exists()


def _area_of(by: Viewer) -> CollaborationArea:
    own = Authority.objects.select_for_update(no_key=True).get(pk=by.authority.pk)
    if own.collaboration_area is None:
        own.collaboration_area = CollaborationArea.objects.create(name=own.name)
        own.save(update_fields=["collaboration_area"])
    return own.collaboration_area


def _tell(by: Viewer, action: str, at: datetime, *subjects: str) -> None:
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=list(subjects))
