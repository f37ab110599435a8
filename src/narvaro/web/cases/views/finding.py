"""The case of an address, in scope, and what the log is told of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import log_reading
from narvaro.web.accounts.out_of_reach import OutOfReach
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, Decision, HandOver, SchoolMove, Step, Task
from narvaro.web.pupils.opening import reason_given


def found_for(viewer: Viewer, action: str, public_id: str) -> Case:
    """The case, or not found; told why to somebody who had a part in it."""
    cases = Case.objects.visible_to(viewer, action).select_related(
        "pupil", "school", "owner", "routine", "closed_by"
    )
    found = cases.filter(public_id=public_id).first()
    if found is None:
        raise lost_to(viewer, action, public_id) or Http404
    return found


def lost_to(viewer: Viewer, action: str, public_id: str) -> OutOfReach | None:
    """Why somebody who had a part in a case sees it no more; None for everybody else."""
    mine, schools = viewer.account, viewer.reach(action).unit_ids
    over = viewer.reach("inbox.handling_counts").unit_ids  # once lifted to them, and taken back
    lifted = Step.objects.filter(decision=Decision.ESCALATE, case__school__in=over)
    had = (
        Q(owner=mine)
        | Q(pk__in=Step.objects.filter(owner=mine).values("case"))
        | Q(pk__in=lifted.values("case"))
        | Q(pk__in=Task.objects.filter(to=mine).values("case"))
        | Q(pk__in=HandOver.objects.filter(from_owner=mine).values("case"))
        | Q(pk__in=SchoolMove.objects.filter(from_school__in=schools).values("case"))
    )
    case = Case.objects.filter(had, public_id=public_id, authority=viewer.authority).first()
    if case is None:
        return None
    title = _("Du kan inte längre se ärendet")
    if not case.pupil.is_protected and case.school_moves.exists():
        moved = _("Eleven har bytt skola, och ärendet har följt med. Den nya skolan går vidare.")
        return OutOfReach(title, moved)
    if not case.pupil.is_protected:
        return OutOfReach(title, _("Det ligger hos någon annan nu."))
    kept = _("Inget är borta. Rektor har fått veta det, och bestämmer vem som går vidare.")
    return OutOfReach(title, kept)


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
