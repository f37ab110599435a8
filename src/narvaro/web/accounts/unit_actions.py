"""Every write to the tree of units: it is dated, and what was stays as it was."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.models import Assignment, Placement, Unit, UnitKind
from narvaro.web.accounts.tree import LEVELS, below
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind


@transaction.atomic
def add_unit(
    *, kind: UnitKind, name: str, parent: Unit, from_on: date, by: Viewer, at: datetime
) -> Unit:
    """Make a unit under another, from a day on. Raises `Refused`."""
    unit = Unit(authority=parent.authority, kind=kind, name=name)
    _hold_to_levels(unit, parent)
    unit.save()
    Placement.objects.create(unit=unit, parent=parent, from_on=from_on)
    _tell(by, "accounts.add_unit", at, unit, parent)
    return unit


@transaction.atomic
def move_unit(
    *, unit: Unit, parent: Unit, from_on: date, version: int, by: Viewer, at: datetime
) -> None:
    """Hang a unit, with all that hangs under it, in another place from a day on.

    Where it hung until the day before stays written. Raises `ChangedMeanwhile`, `Refused`.
    """
    found = locked(Unit.objects.all(), unit.pk, version=version)
    _hold_to_levels(found, parent)
    if parent in below([found], on=from_on):
        raise Refused(_("En enhet kan inte ligga under sig själv."))
    later = found.placements.filter(from_on__gte=from_on)
    if later.exists():
        raise Refused(_("Enheten flyttas redan den dagen eller senare."))
    _end_placements(found, last_on=from_on - timedelta(days=1))
    Placement.objects.create(unit=found, parent=parent, from_on=from_on)
    found.save(update_fields=["version"])
    _tell(by, "accounts.move_unit", at, found, parent)


@transaction.atomic
def close_unit(*, unit: Unit, last_on: date, version: int, by: Viewer, at: datetime) -> None:
    """Let a unit end with a day. Raises `ChangedMeanwhile`; `Refused` while anything hangs on it."""
    found = locked(Unit.objects.all(), unit.pk, version=version)
    after = Q(to_on__isnull=True) | Q(to_on__gt=last_on)
    if found.children.filter(after).exists():
        raise Refused(_("Något ligger kvar under enheten. Flytta det först."))
    if Assignment.objects.filter(after, unit=found, account__isnull=False).exists():
        raise Refused(_("Någon har kvar ett uppdrag på enheten. Avsluta det först."))
    if found.placements.filter(from_on__gt=last_on).exists():
        raise Refused(_("Enheten började eller flyttades senare än så."))
    _end_placements(found, last_on=last_on)
    vacant = Assignment.objects.filter(after, unit=found, account__isnull=True)
    vacant.filter(from_on__lte=last_on).update(to_on=last_on)
    vacant.filter(from_on__gt=last_on).delete()
    found.save(update_fields=["version"])
    _tell(by, "accounts.close_unit", at, found)


def _end_placements(unit: Unit, *, last_on: date) -> None:
    going_on = unit.placements.filter(Q(to_on__isnull=True) | Q(to_on__gt=last_on))
    # decided by hand from now on: no source hangs it back
    going_on.filter(from_on__lte=last_on).update(to_on=last_on, comes_from_source=False)


def _hold_to_levels(unit: Unit, parent: Unit) -> None:
    if unit.authority_id != parent.authority_id:
        raise Refused(_("Enheten hör till en annan huvudman."))
    kind, over = UnitKind(unit.kind), UnitKind(parent.kind)
    if kind == UnitKind.OFFICE and over in (UnitKind.OFFICE, UnitKind.AUTHORITY):
        return
    if kind not in LEVELS or over not in LEVELS or LEVELS.index(kind) >= LEVELS.index(over):
        raise Refused(_("En enhet av det slaget kan inte ligga där."))


def _tell(by: Viewer, action: str, at: datetime, unit: Unit, parent: Unit | None = None) -> None:
    subjects = [f"unit:{one.public_id}" for one in (unit, parent) if one is not None]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
