"""Who does a job: taken, kept, given back, ended; each by one UPDATE that names the old holder.

Nothing here trusts the wall clock to tell a dead worker from a living one: whoever waits for a
job watches its `beat` and counts the seconds on its own steady clock.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from narvaro.web.accounts.models import opaque
from narvaro.web.jobs.models import Job, Outcome

LAPSE_SECONDS = 30.0
"""A job whose beat has stood still for this long has lost its worker."""
LONGEST_WAIT = timedelta(hours=1)
FIRST_WAIT = timedelta(seconds=20)


@dataclass(slots=True)
class Watch:
    """What one worker has seen of the others' beats, on its own steady clock."""

    lapse: float = LAPSE_SECONDS
    seen: dict[int, tuple[str, int, float]] = field(default_factory=dict)

    def lapsed(self, *, now: float | None = None) -> Iterator[Job]:
        """The jobs at work whose beat has stood still; call it often."""
        moment = time.monotonic() if now is None else now
        at_work = list(Job.objects.at_work())
        still: dict[int, tuple[str, int, float]] = {}
        for job in at_work:
            lease, beat, since = self.seen.get(job.pk, ("", 0, moment))
            since = since if (lease, beat) == (job.lease, job.beat) else moment
            still[job.pk] = (job.lease, job.beat, since)
            if moment - since >= self.lapse:
                yield job
        self.seen = still


def due(*, now: datetime | None = None) -> Iterator[Job]:
    """The jobs that nobody has and whose time has come, the longest waiting first.

    A wait after a failed attempt is never longer than `LONGEST_WAIT`: one that seems longer was
    written before the clock was moved back.
    """
    moment = now or timezone.now()
    waiting = Job.objects.unfinished().filter(lease="").order_by("due_at", "pk")
    for job in waiting.iterator(chunk_size=50):
        if job.due_at <= moment or (job.attempts and job.due_at > moment + LONGEST_WAIT):
            yield job


def claim(job: Job) -> Job | None:
    """Take a job from whoever was seen to have it; None if somebody was faster."""
    token = opaque()
    taken = Job.objects.filter(
        pk=job.pk, finished_at=None, lease=job.lease, beat=job.beat, attempts=job.attempts
    ).update(
        lease=token,
        beat=F("beat") + 1,
        attempts=F("attempts") + 1,
        started_at=timezone.now(),
        doing="",
        done_count=0,
        of_count=None,
    )
    return Job.objects.get(pk=job.pk, lease=token) if taken else None


def keep(job: Job, doing: str, done: int, of: int | None) -> bool:
    """Say that the holder lives, and how far it has come; False if it is the holder no more."""
    return bool(
        _held(job).update(
            beat=F("beat") + 1, doing=doing[:60], done_count=max(done, 0), of_count=of
        )
    )


def give_back(job: Job) -> bool:
    """Let a job go unharmed (the worker was asked to stop): the attempt does not count."""
    return bool(_held(job).update(lease="", attempts=F("attempts") - 1, due_at=timezone.now()))


def wait_and_try(job: Job, error_kind: str, error: str) -> bool:
    """Let a job go until its next attempt: 20 s, 40 s, 80 s … at most an hour."""
    wait = min(FIRST_WAIT * 2 ** min(job.attempts - 1, 10), LONGEST_WAIT)
    return bool(
        _held(job).update(
            lease="", due_at=timezone.now() + wait, error_kind=error_kind, error=error[:1000]
        )
    )


def finish(
    job: Job,
    outcome: Outcome,
    *,
    result: Mapping[str, Any] | None = None,
    error_kind: str = "",
    error: str = "",
) -> bool:
    """End a job; False if it is somebody else's by now."""
    return bool(
        _held(job).update(
            lease="",
            finished_at=timezone.now(),
            outcome=outcome,
            result=dict(result or {}),
            error_kind=error_kind,
            error=error[:1000],
        )
    )


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, lease=job.lease, finished_at=None)
