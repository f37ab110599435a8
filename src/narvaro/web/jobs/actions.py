"""Every write to the queue that a page or another app asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from narvaro.web.accounts.models import Authority
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import NOBODY, Actor, write_entry
from narvaro.web.audit.models import Kind as EntryKind
from narvaro.web.jobs.clock import installation_now
from narvaro.web.jobs.handlers import FOLLOWERS, kind_of
from narvaro.web.jobs.models import Job, Schedule
from narvaro.web.jobs.recurrence import read_rule


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom and about when a job is asked: opaque ids, and the viewer's moment."""

    at: datetime | None = None
    by: Actor = field(default=NOBODY)
    authority: Authority | None = None


def asked_by(viewer: Viewer) -> Asked:
    """What a viewer asks for."""
    return Asked(viewer.now, viewer.actor, viewer.authority)


def enqueue(
    kind: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    key: str = "",
    asked: Asked | None = None,
    due_at: datetime | None = None,
) -> Job:
    """Queue a job; inside the caller's transaction when there is one.

    While one with the same `key` is unfinished, that one is returned and nothing is queued.
    """
    kind_of(kind)
    way, now = asked or Asked(), timezone.now()
    job = Job(
        kind=kind,
        key=key,
        arguments=dict(arguments or {}),
        authority=way.authority,
        asked_by=asdict(way.by),
        asked_at=way.at or now,
        queued_at=now,
        due_at=due_at or now,
    )
    return _saved(job)


def _saved(job: Job) -> Job:
    while True:
        try:
            with transaction.atomic():
                job.save(force_insert=True)
            return job
        except IntegrityError:
            known = _unfinished(job.kind, job.key)
            if known is None and (job.slot or not job.key):
                raise
            if known is not None:
                return known


def _unfinished(kind: str, key: str) -> Job | None:
    return Job.objects.unfinished().filter(kind=kind, key=key).first() if key else None


def tell(event: str, arguments: Mapping[str, Any] | None = None, *, asked: Asked) -> None:
    """Queue every job that follows an event; several of one kind that wait become one."""
    for kind in FOLLOWERS.get(event, ()):
        enqueue(kind, arguments, key=f"after {event}", asked=asked)


def schedule(
    name: str,
    kind: str,
    rule: str,
    *,
    arguments: Mapping[str, Any] | None = None,
    authority: Authority | None = None,
) -> Schedule:
    """Make or change a schedule by its name; the rule as in `recurrence.py`."""
    kind_of(kind)
    given = {
        "kind": kind,
        "rule": rule,
        "arguments": dict(arguments or {}),
        "authority": authority,
        "next_at": read_rule(rule).following(installation_now()),
    }
    return Schedule.objects.update_or_create(name=name, defaults=given)[0]


def retry(job: Job, *, by: Viewer, at: datetime) -> Job:
    """Queue an ended job again, with its attempts counted from the beginning."""
    with transaction.atomic():
        write_entry(
            by.actor, "jobs.retry", kind=EntryKind.WRITE, at=at, subjects=[f"job:{job.public_id}"]
        )
        if not job.may_be_retried or _unfinished(job.kind, job.key):
            return job
        again = Job.objects.filter(pk=job.pk, finished_at=job.finished_at).exclude(outcome="done")
        again.update(
            finished_at=None,
            outcome="",
            attempts=0,
            due_at=timezone.now(),
            error="",
            error_kind="",
        )
        job.refresh_from_db()
    return job


def run_now(plan: Schedule, *, by: Viewer, at: datetime) -> Job:
    """Queue a schedule's work at once; when it is due again does not change."""
    with transaction.atomic():
        subjects = [f"schedule:{plan.public_id}"]
        write_entry(by.actor, "jobs.run_now", kind=EntryKind.WRITE, at=at, subjects=subjects)
        return enqueue(
            plan.kind,
            plan.arguments,
            key=f"schedule {plan.name}",
            asked=Asked(at, by.actor, plan.authority),
        )


def switch(plan: Schedule, *, is_on: bool, by: Viewer, at: datetime) -> None:
    """Turn a schedule on or off."""
    with transaction.atomic():
        action = "jobs.switch_on" if is_on else "jobs.switch_off"
        subjects = [f"schedule:{plan.public_id}"]
        write_entry(by.actor, action, kind=EntryKind.WRITE, at=at, subjects=subjects)
        plan.is_on = is_on
        plan.next_at = read_rule(plan.rule).following(installation_now())
        plan.save(update_fields=["is_on", "next_at"])
