"""Ended jobs are forgotten after a while; the log of what people did is not here."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from narvaro.web.jobs.handlers import Result, Running
from narvaro.web.jobs.models import Job

KEPT_DAYS = 90


def tidy(_running: Running) -> Result:
    """Remove jobs that ended more than 90 days ago."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    gone, _ = Job.objects.filter(finished_at__lt=before).delete()
    return {"removed": gone}
