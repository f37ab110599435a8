"""What jobs offers to the pages that gather."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.jobs.handlers import offer_job, offer_schedule
from narvaro.web.jobs.models import Job, Outcome
from narvaro.web.jobs.pages import title_of
from narvaro.web.jobs.tidying import tidy
from narvaro.web.jobs.words import error_in_words
from narvaro.web.ui.registry import QueueGroup, QueueRow, offer_queue


def fill() -> None:
    """Called once, at the start."""
    offer_job("jobs.tidy", gettext_lazy("Glömma gamla körningar"), tidy)
    offer_schedule("tidy", "jobs.tidy", "weekly sun 04:40")
    offer_queue(_failed)


def _failed(viewer: Viewer) -> Iterable[QueueRow]:
    if not viewer.may("jobs.retry"):
        return
    failed = Job.objects.visible_to(viewer, "jobs.retry").filter(outcome=Outcome.FAILED)
    for job in failed.order_by("-finished_at")[:20]:
        if _has_gone_well_since(job):
            continue
        yield QueueRow(
            key=f"job {job.public_id}",
            group=QueueGroup.NEW,
            title=_("%(work)s misslyckades") % {"work": title_of(job.kind)},
            why=error_in_words(job.error_kind),
            verb=_("Öppna körningen"),
            url=reverse("jobs.job", args=[job.public_id]),
        )


def _has_gone_well_since(job: Job) -> bool:
    same = Job.objects.filter(kind=job.kind, key=job.key, outcome=Outcome.DONE)
    return bool(job.key) and same.filter(finished_at__gt=job.finished_at).exists()
