"""The people in an uploaded delivery: what they would get, and their names once it is taken in."""

from __future__ import annotations

import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings

from narvaro.errors import Fault, InputRefused
from narvaro.web.accounts.role_preview import new_roles
from narvaro.web.audit.chain import Actor
from narvaro.web.deliveries import uploading
from narvaro.web.deliveries.models import Load, SourceKind
from narvaro.web.deliveries.people import take_people, told_roles
from narvaro.web.deliveries.roster import sync_roster, units_told

if TYPE_CHECKING:
    from narvaro.exchange import Checked

WHAT = "The delivery"
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError)
"""What a torn or locked zip raises; `narvaro.exchange` says which, for the tables it opens."""
Tried = TypeVar("Tried")


def has_people(load: Load) -> bool:
    """Its tables of people are read: an exchange delivery of a source with names."""
    return load.source.kind == SourceKind.EXCHANGE and not load.source.has_pseudonyms


def people_faults(load: Load) -> Checked | None:
    """What is wrong in its tables of people, all of it; None when nothing is."""
    from narvaro.exchange import Checked, check_people

    if not has_people(load):
        return None
    path = uploading.given_path(load.stored)
    try:
        folder = _folder(load)
    except BROKEN:
        fault = Fault("", 0, "", "the zip is damaged or cut short", "Send it again.")
        return Checked(None, (fault,), 1, (), {})
    work = _beside(path) / uploading.CHECKING
    shutil.rmtree(work, ignore_errors=True)  # what a killed worker left
    checked = check_people(folder, work=work)
    return checked if checked.fault_count else None


def refuse_bad_people(load: Load) -> None:
    """Before the ledger is told anything. Raises InputRefused with every fault."""
    checked = people_faults(load)
    if checked is not None:
        raise InputRefused(WHAT, checked.faults, total=checked.fault_count)


def with_people_checked(load: Load, tried: Callable[[], Tried]) -> Tried:
    """Try a delivery on a copy of the ledger; what is wrong in its people is told with the rest."""
    checked = people_faults(load)
    if checked is None:
        return tried()
    try:
        tried()
    except InputRefused as refused:
        others = [one for one in refused.faults if one not in checked.faults]
        total = checked.fault_count + refused.total - len(refused.faults) + len(others)
        raise InputRefused(WHAT, (*checked.faults, *others), total=total) from None
    raise InputRefused(WHAT, checked.faults, total=checked.fault_count)


def _beside(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def roles_of(load: Load, trial: Path) -> list[dict[str, str]]:
    """The roles a delivery would have proposed, if it were taken in."""
    if not has_people(load):
        return []
    told = told_roles(_folder(load), trial, source=_source(load))
    key = load.source.authority.key
    read = units_told(trial, at=load.asked_at)
    kinds = {one.key: one.kind for one in read if one.authority == key}
    return new_roles(told, kinds, within=load.source.authority)


def put_people_of(load: Load) -> None:
    """Units, pupils and enrolments; and, from an exchange delivery, who they are."""
    actor, at = Actor(**load.asked_by), load.decided_at or load.asked_at
    sync_roster(settings.LEDGER, at=at, by=actor, makes_authorities=False)
    if not has_people(load):
        return
    take_people(
        _folder(load),
        settings.LEDGER,
        source=_source(load),
        authority=load.source.authority,
        by=actor,
        at=at,
        senders=load.senders,
    )
    sync_roster(settings.LEDGER, at=at, by=actor, makes_authorities=False)


def _folder(load: Load) -> Path:
    return uploading.people_folder(uploading.given_path(load.stored))


def _source(load: Load) -> str:
    return load.source.keys_of or load.source.name
