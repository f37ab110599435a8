"""The queue and the schedule: rows in the database, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Authority, opaque

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

ALIVE_SECONDS = 60
"""A worker that has not said anything for this long is taken as gone, on pages only."""


class Outcome(models.TextChoices):
    """How a job ended. `HELD`: it waits for a person, and running it again would not help."""

    DONE = "done", _("klart")
    FAILED = "failed", _("misslyckades")
    HELD = "held", _("väntar på beslut")


class Jobs(models.QuerySet["Job"]):
    """Jobs, by how far they have come and by who may see them."""

    def visible_to(self, viewer: Viewer, action: str) -> Jobs:
        """Those of the viewer's authority, or of the whole installation, asked for by now."""
        reach = viewer.reach(action)
        if reach.authority is None:
            return self.none()
        ours = Q(authority=reach.authority) | Q(authority=None)
        return self.filter(ours, asked_at__lte=viewer.now)

    def unfinished(self) -> Jobs:
        """Queued, waiting for another attempt, or at work."""
        return self.filter(finished_at=None)

    def at_work(self) -> Jobs:
        """Held by a worker (or by one that was killed, until that is noticed)."""
        return self.unfinished().exclude(lease="")


class Job(models.Model):
    """One piece of work. Whoever holds its `lease` does it; `beat` moves while they live.

    `asked_at` is the moment it is about (in the demo the chosen day); `queued_at` and `due_at`
    are the clock's. `arguments` and `result` hold opaque ids, keys of the ledger's units and
    counts, never a person's data. `error` is one of our own sentences or empty.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    authority = models.ForeignKey(Authority, null=True, blank=True, on_delete=models.CASCADE)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, blank=True)
    slot = models.CharField(max_length=80, blank=True)
    arguments = models.JSONField(default=dict)
    asked_by = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    queued_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=22, blank=True)
    beat = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    doing = models.CharField(max_length=60, blank=True)
    done_count = models.PositiveBigIntegerField(default=0)
    of_count = models.PositiveBigIntegerField(null=True, blank=True)
    error_kind = models.CharField(max_length=60, blank=True)
    error = models.CharField(max_length=1000, blank=True)
    result = models.JSONField(default=dict)

    objects = Jobs.as_manager()

    class Meta:
        """What must always be so of a job."""

        indexes = (models.Index(fields=["finished_at", "due_at"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(finished_at=None) & ~Q(key=""),
                name="one_unfinished_job_for_each_key",
            ),
            models.UniqueConstraint(
                fields=["kind", "slot"], condition=~Q(slot=""), name="one_job_for_each_slot"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, outcome="")
                | (Q(finished_at__isnull=False) & ~Q(outcome="")),
                name="a_finished_job_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(lease=""), name="a_finished_job_is_nobodys"
            ),
        )

    @property
    def is_at_work(self) -> bool:
        """Somebody holds it."""
        return self.finished_at is None and bool(self.lease)

    @property
    def is_waiting(self) -> bool:
        """It is queued, or waits for another attempt."""
        return self.finished_at is None and not self.lease

    @property
    def may_be_retried(self) -> bool:
        """It ended without being done."""
        return self.outcome in (Outcome.FAILED, Outcome.HELD)


class Schedule(models.Model):
    """Work that comes back: `rule` as in `recurrence.py`, `next_at` when it is due again."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=60)
    authority = models.ForeignKey(Authority, null=True, blank=True, on_delete=models.CASCADE)
    rule = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    is_on = models.BooleanField(default=True)
    next_at = models.DateTimeField()


class Worker(models.Model):
    """A process that does jobs, so that a page can say that none is there."""

    name = models.CharField(max_length=60, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    @classmethod
    def is_any_alive(cls) -> bool:
        """Some worker has been seen lately; a clock that was moved back does not hide it."""
        far = timedelta(seconds=ALIVE_SECONDS)
        now = timezone.now()
        seen = cls.objects.filter(seen_at__gte=now - far, seen_at__lte=now + far)
        return seen.filter(stopped_at=None).exists()
