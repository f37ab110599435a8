"""A signed plan goes on: a new version, or a follow-up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.plans import actions
from narvaro.web.plans.actions import Followed
from narvaro.web.plans.forms import FollowUpForm
from narvaro.web.plans.pages import follow_up_of, way_to
from narvaro.web.plans.views.finding import found_for, told_the_log, version_of
from narvaro.web.pupils.pages import name_of


@page("plans.new_version")
@require_POST
def new_version(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A draft that begins as the version that holds."""
    found = found_for(viewer, "plans.new_version", public_id)
    if away := told_the_log(request, viewer, found):
        return away
    try:
        actions.new_version(found, by=viewer, at=viewer.now)
    except Refused as refused:
        messages.info(request, refused.message)
        return redirect("plan", public_id=public_id)
    return redirect("plan_write", public_id=public_id)


@page("plans.follow_up")
def follow_up(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What came of the plan, and whether it goes on."""
    found = found_for(viewer, "plans.follow_up", public_id)
    if away := told_the_log(request, viewer, found):
        return away
    version = version_of(found, None)
    if not version.is_signed or follow_up_of(version) is not None:
        return redirect("plan", public_id=public_id)
    form = FollowUpForm(request.POST or None, today=viewer.today, initial={"on": viewer.today})

    def do(given: dict[str, Any]) -> None:
        followed = Followed(given["on"], given["words"], given["outcome"])
        actions.follow_up(version, followed, by=viewer, at=viewer.now)

    title = _("Följ upp planen")
    return form_page(
        request,
        form,
        do,
        title=title,
        verb=_("Spara uppföljningen"),
        back=reverse("plan", args=[public_id]),
        lead=_("%(name)s. Det som är signerat ändras inte. Går planen vidare skrivs en ny version.")
        % {"name": name_of(found.pupil)},
        crumbs=way_to(found, viewer, (title, "")),
    )
