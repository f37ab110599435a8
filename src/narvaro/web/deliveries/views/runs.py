"""Month-end runs: the list, a receipt, what changed, whom it concerns."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from narvaro.errors import BadRequest
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.deliveries import actions, month_ends
from narvaro.web.deliveries.forms import month_of
from narvaro.web.deliveries.run_pages import pupils_page, receipt_page


@page("deliveries.runs")
def every(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The runs that are kept."""
    return _list(request, viewer, "")


def _list(request: HttpRequest, viewer: Viewer, problem: str, *, status: int = 200) -> HttpResponse:
    shown = {
        "runs": month_ends.kept_runs(viewer.authority.key, viewer.now),
        "may_run": viewer.may("deliveries.run_month_end"),
        "month": month_ends.last_month(viewer.today),
        "problem": problem,
    }
    return render(request, "deliveries/runs.html", shown, status=status)


@page("deliveries.run")
def one(request: HttpRequest, viewer: Viewer, public_id: str, version: int) -> HttpResponse:
    """A receipt in words, and the differences as counts."""
    found = _seen(viewer, public_id, version)
    shown = {"page": receipt_page(found), "may_see_pupils": viewer.may("deliveries.run_pupils")}
    return render(request, "deliveries/run.html", shown)


@page("deliveries.run_pupils")
def pupils(request: HttpRequest, viewer: Viewer, public_id: str, version: int) -> HttpResponse:
    """The differences of the pupils the viewer sees."""
    shown = pupils_page(_seen(viewer, public_id, version), viewer)
    log_reading(request, [f"pupil:{row.pupil.public_id}" for row in shown.rows])
    return render(request, "deliveries/run_pupils.html", {"page": shown})


@page("deliveries.run_month_end")
@require_POST
def run(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Run a month end."""
    try:
        month = month_of(request.POST.get("month", ""))
    except BadRequest as refused:
        return _list(request, viewer, refused.message, status=400)
    job = actions.run_month_end(month, by=viewer, at=viewer.now)
    return redirect("jobs.job", job.public_id)


def _seen(viewer: Viewer, public_id: str, version: int) -> month_ends.KeptRun:
    kept = month_ends.kept_runs(viewer.authority.key, viewer.now)
    found = [one for one in kept if (one.public_id, one.version) == (public_id, version)]
    if not found:
        raise Http404
    return found[0]
