"""The jobs of a load: look at it, take it in, take it back. Each may be run again after a kill."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from narvaro.errors import Fault, HeldForConfirmation, InputRefused, NarvaroError
from narvaro.web.audit.chain import Actor, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.deliveries import uploading
from narvaro.web.deliveries.models import Load, Outcome, Source, SourceKind
from narvaro.web.deliveries.people_of_loads import (
    put_people_of,
    refuse_bad_people,
    roles_of,
    with_people_checked,
)
from narvaro.web.deliveries.preview import seen_of
from narvaro.web.deliveries.roster import authority_keys, sync_roster
from narvaro.web.deliveries.trial import trial_of
from narvaro.web.jobs.actions import Asked, tell
from narvaro.web.jobs.handlers import Progress, Result, Running

if TYPE_CHECKING:
    from narvaro.pipeline import Door, TakenIn

LEDGER_CHANGED = "ledger changed"
FAULTS_KEPT = 200


def look(running: Running) -> Result:
    """Take a load in to a copy of the ledger, and keep what was seen. Nothing is changed."""
    load = _load(running)
    if load is None or load.looked_at is not None:
        return None
    if load.source.kind == SourceKind.PROFILE and not load.source.profile:
        return _inspect(load)
    with refusal_kept(load), trial_of(settings.LEDGER) as trial:
        taken, held = with_people_checked(load, lambda: _tried(load, trial, running))
        seen = seen_of(_snapshot(), trial, taken) | {
            "roles": roles_of(load, trial),
            "authorities": authority_keys(trial, at=timezone.now()),
        }
        Load.objects.filter(pk=load.pk, ended_at=None).update(
            looked_at=timezone.now(), seen=seen, held=held, faults=[], fault_count=0
        )
    return None


def take_in(running: Running) -> Result:
    """Take a load in to the ledger, and tell the database of the people in it."""
    load = _load(running)
    if load is None or load.decided_at is None:
        return None
    with refusal_kept(load), hold_kept(load):
        refuse_bad_people(load)
        taken = taken_from(load, settings.LEDGER, running.progress, confirm=bool(load.held))
        ended(load, taken, put_people_of)
    return {"load": load.public_id}


def taken_from(load: Load, ledger: Path, progress: Progress, *, confirm: bool) -> TakenIn:
    """Bring a load's files through the door of its source."""
    from narvaro.pipeline import take_in as take_in_exchange
    from narvaro.pipeline import take_in_file
    from narvaro.sources.files import profile_from_text

    path = uploading.given_path(load.stored)
    at = load.decided_at or load.asked_at
    door = door_of(load.source, at=at, progress=progress, confirm=confirm)
    if load.source.kind == SourceKind.PROFILE:
        return take_in_file(path, profile_from_text(load.source.profile), ledger, door)
    return take_in_exchange(path, ledger, door)


def door_of(source: Source, *, at: datetime, progress: Progress, confirm: bool) -> Door:
    """How a source's deliveries come in."""
    from narvaro.pipeline import Door

    return Door(
        source=source.name,
        pupil_keys="as-given" if source.has_pseudonyms else "hashed",
        arrived_at=at,
        confirm=confirm,
        keys_of=source.keys_of,
        progress=progress,
    )


def _tried(load: Load, trial: Path, running: Running) -> tuple[TakenIn, str]:
    try:
        return taken_from(load, trial, running.progress, confirm=False), ""
    except HeldForConfirmation as held:
        return taken_from(load, trial, running.progress, confirm=True), held.message


def _inspect(load: Load) -> Result:
    """A file of a system we do not know yet: guess what its columns are, for a person to mend."""
    from narvaro.sources.files import inspect_file
    from narvaro.web.deliveries.mapping import guess_of

    with refusal_kept(load):
        found = inspect_file(uploading.given_path(load.stored), today=load.asked_at.date())
        Source.objects.filter(pk=load.source_id, profile="").update(guess=guess_of(found))
    return None


def ended(load: Load, taken: TakenIn, people: Callable[[Load], None]) -> None:
    """Keep what became of a load, once the people in it are known; again changes nothing.

    A load whose worker was killed after the ledger had it finds its own batch there.
    """
    is_ours = taken.batch.arrived_at == load.decided_at and taken.batch.source == load.source.name
    is_new = not taken.is_unchanged or is_ours
    people(load)
    with transaction.atomic():
        Load.objects.filter(pk=load.pk, ended_at=None).update(
            ended_at=timezone.now(),
            outcome=Outcome.TAKEN if is_new else Outcome.UNCHANGED,
            batch=taken.batch.batch if is_new else None,
            result=taken.as_record(),
            held="",
        )
        at = load.decided_at or load.asked_at
        write_entry(
            Actor(**load.asked_by),
            "deliveries.taken_in",
            kind=Kind.WRITE,
            at=at,
            subjects=[f"load:{load.public_id}"],
        )
        tell(LEDGER_CHANGED, asked=Asked(at, authority=load.source.authority))
    uploading.remove(load.stored)


def take_back(running: Running) -> Result:
    """Tell the ledger that a load is taken back: its rows as they stood before it."""
    from narvaro.ledger import open_ledger
    from narvaro.ledger.taking_back import take_back as take_back_batch

    load = Load.objects.filter(public_id=running.arguments["load"]).first()
    if load is None or not load.may_be_taken_back or load.batch is None:
        return None
    batch = take_back_batch(
        open_ledger(settings.LEDGER), load.batch, at=running.asked_at, progress=running.progress
    )
    actor = Actor(**running.arguments["by"])
    sync_roster(settings.LEDGER, at=running.asked_at, by=actor, makes_authorities=False)
    with transaction.atomic():
        Load.objects.filter(pk=load.pk).update(
            taken_back_at=running.asked_at, taken_back_batch=batch.batch
        )
        write_entry(
            actor,
            "deliveries.taken_back",
            kind=Kind.WRITE,
            at=running.asked_at,
            subjects=[f"load:{load.public_id}"],
        )
        tell(LEDGER_CHANGED, asked=Asked(running.asked_at, authority=load.source.authority))
    return {"load": load.public_id}


@contextmanager
def refusal_kept(load: Load) -> Iterator[None]:
    """A refused load ends here, with every fault and without its files; it is no error of ours."""
    try:
        yield
    except InputRefused as refused:
        _refuse(load, refused.faults, refused.total)
    except NarvaroError as error:
        if error.exit_code not in (2, 5):
            raise
        _refuse(load, [Fault("", 0, "", error.message, error.remedy)], 1)


def _refuse(load: Load, faults: Any, total: int) -> None:
    said = [told(fault) for fault in faults[:FAULTS_KEPT]]
    Load.objects.filter(pk=load.pk, ended_at=None).update(
        ended_at=timezone.now(),
        outcome=Outcome.REFUSED,
        faults=said,
        fault_count=total,
    )
    uploading.remove(load.stored)


def told(fault: Fault) -> Mapping[str, Any]:
    """A fault as it is kept: where, what, what to do; never what stood there."""
    return {
        "table": fault.table,
        "line": fault.line,
        "column": fault.column,
        "problem": fault.problem,
        "remedy": fault.remedy,
    }


@contextmanager
def hold_kept(load: Load) -> Iterator[None]:
    """A load that turned out unlike the source's last one waits for a person again."""
    try:
        yield
    except HeldForConfirmation as held:
        Load.objects.filter(pk=load.pk, ended_at=None).update(
            held=held.message, decided_at=None, looked_at=timezone.now()
        )


def _load(running: Running) -> Load | None:
    loads = Load.objects.select_related("source__authority").filter(ended_at=None)
    return loads.filter(public_id=running.arguments["load"]).first()


def _snapshot() -> Any:
    from narvaro.ledger import open_ledger

    if not (settings.LEDGER / "ledger.json").exists():
        return None
    return open_ledger(settings.LEDGER).snapshot()
