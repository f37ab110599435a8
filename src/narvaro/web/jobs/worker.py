"""The loop: what is scheduled becomes jobs, what is due is done, one at a time."""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, connections, transaction
from django.utils import timezone

from narvaro.web.accounts.models import opaque
from narvaro.web.jobs import leases
from narvaro.web.jobs.actions import schedule
from narvaro.web.jobs.handlers import KINDS, STANDING
from narvaro.web.jobs.models import Job, Schedule, Worker
from narvaro.web.jobs.recurrence import read_rule
from narvaro.web.jobs.trying import BEAT_SECONDS, attempt

log = logging.getLogger("narvaro.jobs")

POLL_SECONDS = 1.0
SIGN_SECONDS = 15.0


@dataclass(slots=True)
class Loop:
    """One worker. `clock` is the installation's day and time; leases do not depend on it."""

    clock: Callable[[], datetime] = timezone.now
    stopping: Callable[[], bool] = lambda: False
    watch: leases.Watch = field(default_factory=leases.Watch)
    poll_seconds: float = POLL_SECONDS
    beat_seconds: float = BEAT_SECONDS
    name: str = field(
        default_factory=lambda: f"{socket.gethostname()[:30]} {os.getpid()} {opaque()[:6]}"
    )
    _signed: float = 0.0

    def run(self, *, once: bool = False) -> None:
        """Work until asked to stop; with `once` until nothing is due."""
        make_standing()
        while not self.stopping():
            try:
                did_something = self.step()
            except DatabaseError:
                log.warning("the database was locked or away; trying again")
                connections.close_all()
                did_something = False
            if once and not did_something:
                break
            if not did_something:
                time.sleep(self.poll_seconds)
        self._sign_off()

    def step(self) -> bool:
        """Sign, queue what is scheduled, do one job; False when there was none."""
        self._sign()
        queue_scheduled(now=self.clock())
        job = self.take()
        if job is None:
            return False
        attempt(job, beat_seconds=self.beat_seconds, stopping=self.stopping)
        return True

    def take(self) -> Job | None:
        """Claim a job that a dead worker left, or else one that is due."""
        for job in (*self.watch.lapsed(), *leases.due()):
            claimed = leases.claim(job)
            if claimed is not None:
                return claimed
        return None

    def _sign(self) -> None:
        if self._signed and time.monotonic() - self._signed < SIGN_SECONDS:
            return
        now = timezone.now()
        Worker.objects.update_or_create(
            name=self.name,
            defaults={"seen_at": now},
            create_defaults={"started_at": now, "seen_at": now},
        )
        Worker.objects.filter(seen_at__lt=now - timedelta(days=7)).delete()
        self._signed = time.monotonic()

    def _sign_off(self) -> None:
        try:
            Worker.objects.filter(name=self.name).update(stopped_at=timezone.now())
        except DatabaseError:
            log.warning("the worker could not sign off")


def make_standing() -> None:
    """Make the schedules that apps offer and that are not there yet."""
    there = set(Schedule.objects.values_list("name", flat=True))
    for one in STANDING.values():
        if one.name not in there:
            schedule(one.name, one.kind, one.rule, arguments=one.arguments)


def queue_scheduled(*, now: datetime) -> None:
    """Queue what is due by its schedule: once, however long nobody looked or the clock jumped.

    A due time further away than the rule allows was written before the clock was moved back
    (or in the demo the day): it is brought nearer. A slot that was queued before stays done.
    """
    for plan in Schedule.objects.filter(is_on=True, kind__in=list(KINDS)):
        rule = read_rule(plan.rule)
        following = rule.following(now)
        if plan.next_at > following:
            Schedule.objects.filter(pk=plan.pk, next_at=plan.next_at).update(next_at=following)
        elif plan.next_at <= now:
            _queue(plan, rule.slot(rule.latest(now)), following, now=now)


def _queue(plan: Schedule, slot: str, following: datetime, *, now: datetime) -> None:
    job = Job(
        kind=plan.kind,
        key=f"schedule {plan.name}",
        slot=f"{plan.name} {slot}",
        authority=plan.authority,
        arguments=plan.arguments,
        asked_at=now,
    )
    with transaction.atomic():
        Schedule.objects.filter(pk=plan.pk, next_at=plan.next_at).update(next_at=following)
        try:
            with transaction.atomic():
                job.save(force_insert=True)
        except IntegrityError:
            log.info("the schedule %s is done or under way already", plan.name)
