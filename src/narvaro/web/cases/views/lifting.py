"""What was lifted to somebody over the school: the narrow page, and the answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.lifted import HandBackForm, lifted_page
from narvaro.web.cases.models import Case
from narvaro.web.cases.views.finding import found_for, step_for, told_the_log


@page("cases.lifted")
def lifted(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Steps, days and decisions of a case in which something is the viewer's."""
    return _answer(request, viewer, found_for(viewer, "cases.lifted", public_id))


@page("cases.hand_back")
@require_POST
def hand_back(request: HttpRequest, viewer: Viewer, public_id: str, step_id: str) -> HttpResponse:
    """Answer what was lifted; somebody at the school goes on with the step."""
    found = found_for(viewer, "cases.hand_back", public_id)
    step = step_for(found, step_id)
    if step.owner_id != viewer.account.pk and step.is_open:
        raise Http404
    form = HandBackForm(request.POST, step=step, viewer=viewer)
    if not form.is_valid():
        return _answer(request, viewer, found, form=form, status=422)
    given = form.cleaned_data
    try:
        actions.hand_back(
            step,
            given["answer"],
            to=given["to"],
            version=given["version"],
            by=viewer,
            at=viewer.now,
        )
    except Refused as refused:
        form.add_error(None, refused.message)
        return _answer(request, viewer, found, form=form, status=422)
    except ChangedMeanwhile:
        second = {"draft": given["answer"], "who": step_for(found, step_id)}
        return _answer(request, viewer, found, second=second, status=409)
    messages.success(request, _("Beskedet är lämnat."))
    return redirect("home")


def _answer(
    request: HttpRequest,
    viewer: Viewer,
    found: Case,
    *,
    form: HandBackForm | None = None,
    second: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    if away := told_the_log(request, viewer, found):
        return away
    context = {"page": lifted_page(found, viewer, bound=form), "second": second}
    return render(request, "cases/lifted.html", context, status=status)
