"""Plans read: the list of them, and each in one of its versions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.plans.models import Plan, PlanVersion
from narvaro.web.plans.pages import plan_page, plan_rows
from narvaro.web.plans.sharing import may_share
from narvaro.web.plans.views.finding import found_for, reaches, told_the_log, version_of


@page("plans.list")
def plan_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every plan of the viewer's reach but of protected pupils; those to follow up first."""
    found = Plan.objects.named_to(viewer, "plans.list").select_related("case__pupil")
    plans = list(found.prefetch_related("versions__main_unit", "versions__followed_up"))
    log_reading(request, [f"pupil:{one.pupil.public_id}" for one in plans])
    return render(request, "plans/list.html", {"rows": plan_rows(plans, viewer)})


@page("plans.plan")
def plan(
    request: HttpRequest, viewer: Viewer, public_id: str, number: int | None = None
) -> HttpResponse:
    """The shared part of the version that holds, or of another; all versions beside it."""
    found = found_for(viewer, "plans.plan", public_id)
    version = version_of(found, number)
    if away := told_the_log(request, viewer, found):
        return away
    made = plan_page(found, version, viewer)
    context = {"page": made, "crumbs": made.crumbs, **allowed(found, version, viewer)}
    return render(request, "plans/plan.html", context)


def allowed(plan: Plan, version: PlanVersion, viewer: Viewer) -> dict[str, Any]:
    """What the viewer may do with the plan, for what the page offers."""
    return {
        "may_write": reaches(plan, viewer, "plans.write"),
        "may_follow_up": version.is_signed and reaches(plan, viewer, "plans.follow_up"),
        "may_read_own": reaches(plan, viewer, "plans.own_part"),
        "sharing": may_share(version, viewer),
        "may_write_own": reaches(plan, viewer, "plans.write_own"),
    }
