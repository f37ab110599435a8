"""Uploads nobody decides on do not lie about: they hold names."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from narvaro.web.deliveries import uploading
from narvaro.web.deliveries.models import Load, Outcome
from narvaro.web.jobs.handlers import Result, Running

KEPT_DAYS = 7


def sweep(_running: Running) -> Result:
    """Discard uploads that have waited a week, and remove files that belong to nothing."""
    old = Load.objects.filter(ended_at=None, decided_at=None).exclude(stored="")
    waited = old.filter(looked_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    discarded = waited.update(ended_at=timezone.now(), outcome=Outcome.DISCARDED)
    keep = set(Load.objects.filter(ended_at=None).values_list("stored", flat=True))
    return {"discarded": discarded, "removed": uploading.sweep(keep)}
