"""Every write about sources and loads that a page asks for."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from narvaro.errors import BadRequest
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.deliveries import uploading
from narvaro.web.deliveries.fetching import start_fetch
from narvaro.web.deliveries.models import Load, Outcome, Source, SourceKind
from narvaro.web.deliveries.uploading import Stored
from narvaro.web.jobs.actions import asked_by, enqueue
from narvaro.web.jobs.models import Job


class EditedMeanwhile(Exception):
    """Somebody else has saved the same thing since the form was opened; nothing is overwritten."""


def add_source(
    name: str, kind: str, *, has_pseudonyms: bool, keys_of: str, by: Viewer, at: datetime
) -> Source:
    """Make a source of the viewer's authority. Raises BadRequest when the name is taken."""
    with transaction.atomic():
        if Source.objects.filter(name=name).exists():
            raise BadRequest(_("Det finns redan en källa som heter så."))
        source = Source.objects.create(
            authority=by.authority,
            name=name,
            kind=kind,
            has_pseudonyms=has_pseudonyms,
            keys_of=keys_of,
        )
        _entered("deliveries.add_source", f"source:{source.public_id}", by=by, at=at)
    return source


def add_load(source: Source, stored: Stored, *, by: Viewer, at: datetime) -> Load:
    """Keep an upload and queue the look at it; nothing is taken in."""
    with transaction.atomic():
        load = Load.objects.create(
            source=source,
            asked_at=at,
            asked_by=asdict(by.actor),
            uploaded_by=by.account.public_id,
            stored=stored.token,
            form=stored.form,
            size=stored.size,
        )
        _entered("deliveries.upload", f"load:{load.public_id}", by=by, at=at)
        _queue(load, "deliveries.look", by=by)
    return load


def take_in(load: Load, *, by: Viewer, at: datetime) -> Load:
    """Decide that a load is to be taken in, and queue it. Decided twice is decided once."""
    with transaction.atomic():
        decided = Load.objects.filter(pk=load.pk, decided_at=None, ended_at=None).exclude(
            looked_at=None
        )
        if decided.update(decided_at=at, asked_by=asdict(by.actor)):
            _entered("deliveries.take_in", f"load:{load.public_id}", by=by, at=at)
            kind = "fetch" if load.source.kind == SourceKind.SS12000 else "take_in"
            _queue(load, f"deliveries.{kind}", by=by)
    load.refresh_from_db()
    return load


def discard(load: Load, *, by: Viewer, at: datetime) -> Load:
    """Throw a load away that nobody has decided on; its files go at once."""
    with transaction.atomic():
        waiting = Load.objects.filter(pk=load.pk, decided_at=None, ended_at=None)
        if waiting.update(ended_at=timezone.now(), outcome=Outcome.DISCARDED):
            _entered("deliveries.discard", f"load:{load.public_id}", by=by, at=at)
            transaction.on_commit(lambda: uploading.remove(load.stored))
    load.refresh_from_db()
    return load


def take_back(load: Load, *, by: Viewer, at: datetime) -> Job:
    """Queue the taking back of a load that is in the ledger."""
    with transaction.atomic():
        _entered("deliveries.take_back", f"load:{load.public_id}", by=by, at=at)
        return enqueue(
            "deliveries.take_back",
            {"load": load.public_id, "by": asdict(by.actor)},
            key=f"take back {load.public_id}",
            asked=asked_by(by),
        )


def save_profile(source: Source, text: str, *, version: int, by: Viewer, at: datetime) -> Source:
    """Keep a source's profile, and look again at what waits for it. Raises EditedMeanwhile."""
    with transaction.atomic():
        mine = Source.objects.filter(pk=source.pk, version=version)
        if not mine.update(profile=text, profile_by=by.account.public_id, version=version + 1):
            raise EditedMeanwhile
        _entered("deliveries.mapping", f"source:{source.public_id}", by=by, at=at)
        source.refresh_from_db()
        for load in source.loads.filter(ended_at=None, decided_at=None).exclude(stored=""):
            Load.objects.filter(pk=load.pk).update(looked_at=None, seen={}, held="")
            _queue(load, "deliveries.look", by=by)
    return source


def fetch(source: Source, *, by: Viewer, at: datetime) -> Load:
    """Queue a fetch of a server."""
    with transaction.atomic():
        _entered("deliveries.fetch", f"source:{source.public_id}", by=by, at=at)
        return start_fetch(source, at=at, by=by.actor)


def check(source: Source, *, by: Viewer, at: datetime) -> Job:
    """Queue a look at what a server offers."""
    with transaction.atomic():
        _entered("deliveries.check", f"source:{source.public_id}", by=by, at=at)
        arguments = {"source": source.public_id}
        key = f"check {source.public_id}"
        return enqueue("deliveries.check", arguments, key=key, asked=asked_by(by))


def run_month_end(month: str, *, by: Viewer, at: datetime) -> Job:
    """Queue the month end of a month for the viewer's authority."""
    with transaction.atomic():
        _entered("deliveries.run_month_end", f"month:{month}", by=by, at=at)
        return enqueue(
            "deliveries.month_end",
            {"month": month, "authority": by.authority.key},
            key=f"month end {by.authority.public_id} {month}",
            asked=asked_by(by),
        )


def _queue(load: Load, kind: str, *, by: Viewer) -> None:
    arguments: dict[str, Any] = {"load": load.public_id}
    job = enqueue(kind, arguments, key=f"load {load.public_id}", asked=asked_by(by))
    Load.objects.filter(pk=load.pk).update(job=job)


def _entered(action: str, subject: str, *, by: Viewer, at: datetime) -> None:
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=[subject])
