"""The case of an address, in scope, and what the log is told of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from narvaro.web.accounts.doors import log_reading
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, Step
from narvaro.web.pupils.opening import reason_given


def found_for(viewer: Viewer, action: str, public_id: str) -> Case:
    """The case, or not found."""
    cases = Case.objects.visible_to(viewer, action).select_related(
        "pupil", "school", "owner", "routine", "closed_by"
    )
    return get_object_or_404(cases, public_id=public_id)


def step_for(case: Case, step_id: str) -> Step:
    """A step of the case, or not found."""
    steps = case.steps.select_related("owner", "case__owner", "case__school", "decided_by")
    return get_object_or_404(steps, public_id=step_id)


def told_the_log(
    request: HttpRequest,
    viewer: Viewer,
    case: Case,
    *,
    reason: str = "",
    more: Iterable[str] = (),
) -> HttpResponse | None:
    """Log the reading. A protected pupil is first opened with a reason: then the way there."""
    asked = reason_given(request, viewer, case.pupil)
    if asked is None:
        return redirect("pupils_open", public_id=case.pupil.public_id)
    subjects = [f"case:{case.public_id}", f"pupil:{case.pupil.public_id}", *more]
    log_reading(request, subjects, reason=reason or asked)
    return None


def sent_version(request: HttpRequest, now: int) -> int:
    """The version that the form was opened with; the present one when none was sent."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else now
