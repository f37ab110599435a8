"""Work in the background: what there is, how far it has come, and trying again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.jobs import actions
from narvaro.web.jobs.models import Job, Schedule
from narvaro.web.jobs.pages import job_row, jobs_page


@page("jobs.list")
def every(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The queue and the schedule."""
    return render(
        request,
        "jobs/list.html",
        {"page": jobs_page(viewer), "can_run": viewer.may("jobs.run_now")},
    )


@page("jobs.job")
def one(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A job; asked for in part, only how far it has come."""
    job = get_object_or_404(Job.objects.visible_to(viewer, "jobs.job"), public_id=public_id)
    shown = {"row": job_row(job), "can_run": viewer.may("jobs.retry")}
    if "del" not in request.GET:
        return render(request, "jobs/job.html", shown)
    answer = render(request, "jobs/progress.html", shown)
    if job.finished_at is not None:
        answer["HX-Refresh"] = "true"
    return answer


@page("jobs.retry")
@require_POST
def retry(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:  # noqa: ARG001
    """Try an ended job again."""
    job = get_object_or_404(Job.objects.visible_to(viewer, "jobs.retry"), public_id=public_id)
    actions.retry(job, by=viewer, at=viewer.now)
    return redirect("jobs.job", public_id)


@page("jobs.run_now")
@require_POST
def run_now(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:  # noqa: ARG001
    """Do a schedule's work at once."""
    job = actions.run_now(_schedule(viewer, public_id), by=viewer, at=viewer.now)
    return redirect("jobs.job", job.public_id)


@page("jobs.switch")
@require_POST
def switch(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Turn a schedule on or off."""
    is_on = request.POST.get("is_on") == "yes"
    actions.switch(_schedule(viewer, public_id), is_on=is_on, by=viewer, at=viewer.now)
    return redirect("jobs.list")


def _schedule(viewer: Viewer, public_id: str) -> Schedule:
    plans = Schedule.objects.filter(authority=None) | Schedule.objects.filter(
        authority=viewer.reach("jobs.run_now").authority
    )
    return get_object_or_404(plans, public_id=public_id)
