"""Frozen values for the pages about work in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.jobs.handlers import KINDS
from narvaro.web.jobs.models import Job, Outcome, Schedule, Worker
from narvaro.web.jobs.words import error_in_words

SHOWN = 30


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job with words for its kind and its error."""

    job: Job
    title: Any
    error: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A schedule with its last job that has ended."""

    plan: Schedule
    title: Any
    last: Job | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobsPage:
    """Is anybody working, what comes back, what is under way, what went wrong, what is done."""

    is_worked_on: bool
    schedules: Sequence[ScheduleRow]
    unfinished: Sequence[JobRow]
    troubled: Sequence[JobRow]
    done: Sequence[JobRow]


def job_row(job: Job) -> JobRow:
    """A job as a row or a page shows it."""
    percent = min(100, job.done_count * 100 // job.of_count) if job.of_count else None
    return JobRow(job, title_of(job.kind), error_in_words(job.error_kind), percent)


def title_of(kind: str) -> Any:
    """The words for a kind; its bare name if no app knows it any more."""
    return KINDS[kind].title if kind in KINDS else kind


def jobs_page(viewer: Viewer) -> JobsPage:
    """What the viewer may know of the queue."""
    seen = Job.objects.visible_to(viewer, "jobs.list").order_by("-queued_at", "-pk")
    troubled = (Outcome.FAILED, Outcome.HELD)
    return JobsPage(
        is_worked_on=Worker.is_any_alive(),
        schedules=[_schedule_row(plan, viewer) for plan in _schedules(viewer)],
        unfinished=_rows(seen.unfinished()),
        troubled=_rows(seen.filter(outcome__in=troubled)),
        done=_rows(seen.filter(outcome=Outcome.DONE)),
    )


def _rows(jobs: Any) -> list[JobRow]:
    return [job_row(job) for job in jobs[:SHOWN]]


def _schedules(viewer: Viewer) -> Any:
    plans = Schedule.objects.order_by("name")
    return [one for one in plans if one.authority_id in (None, viewer.authority.pk)]


def _schedule_row(plan: Schedule, viewer: Viewer) -> ScheduleRow:
    mine = Job.objects.visible_to(viewer, "jobs.list").filter(key=f"schedule {plan.name}")
    last = mine.exclude(finished_at=None).order_by("-finished_at").first()
    return ScheduleRow(plan, title_of(plan.kind), last, plan.next_at if plan.is_on else None)
