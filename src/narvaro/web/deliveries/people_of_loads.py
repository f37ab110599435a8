"""The people in an uploaded delivery: what they would get, and their names once it is taken in."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from narvaro.web.accounts.role_preview import new_roles
from narvaro.web.audit.chain import Actor
from narvaro.web.deliveries import uploading
from narvaro.web.deliveries.models import Load, SourceKind
from narvaro.web.deliveries.people import take_people, told_roles
from narvaro.web.deliveries.roster import sync_roster, units_told


def has_people(load: Load) -> bool:
    """Its tables of people are read: an exchange delivery of a source with names."""
    return load.source.kind == SourceKind.EXCHANGE and not load.source.has_pseudonyms


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
    sync_roster(settings.LEDGER, at=at, by=actor)
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
    sync_roster(settings.LEDGER, at=at, by=actor)


def _folder(load: Load) -> Path:
    return uploading.people_folder(uploading.given_path(load.stored))


def _source(load: Load) -> str:
    return load.source.keys_of or load.source.name
