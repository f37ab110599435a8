"""Who can be called at another authority, and at which units somebody answers for it today."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Account, Assignment, Unit, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer


def callable_units(viewer: Viewer) -> QuerySet[Unit]:
    """The offices of other authorities, by name."""
    others = Unit.objects.filter(kind=UnitKind.OFFICE).exclude(authority=viewer.authority)
    return others.select_related("authority").order_by("authority__name", "name", "pk")


def contact_of(unit: Unit, day: date) -> Account | None:
    """Who is the unit's contact on a day; None while nobody is."""
    serving = Assignment.objects.in_force(day).filter(unit=unit, role=Role.AGENCY_CONTACT)
    held = serving.filter(account__is_active=True).select_related("account").order_by("pk")
    first = held.first()
    return None if first is None else first.account


def serves_at(account: Account, unit: Unit, day: date) -> bool:
    """The account is the unit's contact on the day: who has left answers for it no more."""
    serving = Assignment.objects.in_force(day).filter(unit=unit, role=Role.AGENCY_CONTACT)
    return account.is_active and serving.filter(account=account).exists()


def units_of(viewer: Viewer, action: str, at: datetime) -> QuerySet[Unit]:
    """The very units at which the viewer serves, in the role acted in, on the day of the moment."""
    if not viewer.may(action):
        return Unit.objects.none()
    held = viewer.account.assignments.in_force(local_day(at)).filter(role=viewer.role)
    return Unit.objects.filter(assignments__in=held, authority=viewer.authority).distinct()
