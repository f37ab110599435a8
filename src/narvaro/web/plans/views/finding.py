"""The plan of an address, in scope, and what the log is told of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from narvaro.web.accounts.doors import log_reading
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.plans.models import Plan, PlanVersion
from narvaro.web.pupils.opening import reason_given


def found_for(viewer: Viewer, action: str, public_id: str) -> Plan:
    """The plan, or not found."""
    plans = Plan.objects.visible_to(viewer, action)
    return get_object_or_404(
        plans.select_related("case__pupil", "case__school__authority", "case__authority"),
        public_id=public_id,
    )


def version_of(plan: Plan, number: int | None) -> PlanVersion:
    """A version; None: the one that holds, else the draft."""
    versions = plan.versions.select_related("signed_by", "main_unit__authority", "saved_by")
    if number is not None:
        return get_object_or_404(versions, number=number)
    held = versions.exclude(signed_at=None).order_by("-number").first()
    found = held or versions.order_by("-number").first()
    if found is None:
        raise Http404
    return found


def draft_of(plan: Plan) -> PlanVersion | None:
    """The draft, if one is being written."""
    drafts = plan.versions.filter(signed_at=None)
    return drafts.select_related("main_unit__authority", "saved_by").first()


def told_the_log(
    request: HttpRequest, viewer: Viewer, plan: Plan, *, kind: Kind = Kind.READ
) -> HttpResponse | None:
    """Log the reading. A protected pupil is first opened with a reason: then the way there."""
    reason = reason_given(request, viewer, plan.pupil)
    if reason is None:
        return redirect("pupils_open", public_id=plan.pupil.public_id)
    subjects = [f"plan:{plan.public_id}", f"pupil:{plan.pupil.public_id}"]
    log_reading(request, subjects, kind=kind, reason=reason)
    return None


def reaches(plan: Plan, viewer: Viewer, action: str) -> bool:
    """The action, and this plan of it: who only serves one class writes in own cases alone."""
    if not viewer.may(action):
        return False
    return Plan.objects.visible_to(viewer, action).filter(pk=plan.pk).exists()
