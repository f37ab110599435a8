"""The school's own part, on pages of its own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.pages import readers_in_words
from narvaro.web.plans import actions
from narvaro.web.plans.forms import OwnForm
from narvaro.web.plans.models import OwnPart, PlanVersion
from narvaro.web.plans.pages import way_to
from narvaro.web.plans.views.finding import (
    draft_of,
    found_for,
    reaches,
    told_the_log,
    version_of,
)
from narvaro.web.pupils.pages import name_of

READERS = "pupil_support"


@page("plans.own_part")
def read(request: HttpRequest, viewer: Viewer, public_id: str, number: int) -> HttpResponse:
    """The school's own part of a version."""
    found = found_for(viewer, "plans.own_part", public_id)
    version = version_of(found, number)
    own = OwnPart.objects.filter(of=version).select_related("saved_by").first()
    if own is None:
        raise Http404
    if away := told_the_log(request, viewer, found):
        return away
    context = {
        "plan": found,
        "version": version,
        "own": own,
        "name": name_of(found.pupil),
        "readers": readers_in_words(READERS),
        "may_write": not version.is_signed and reaches(found, viewer, "plans.write_own"),
        "crumbs": way_to(found, viewer, (_("Skolans egen del"), "")),
    }
    return render(request, "plans/own.html", context)


@page("plans.write_own")
def write(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The draft of the school's own part."""
    found = found_for(viewer, "plans.write_own", public_id)
    if away := told_the_log(request, viewer, found):
        return away
    draft = draft_of(found)
    if draft is None:
        return redirect("plan", public_id=public_id)
    form = OwnForm(request.POST or None, initial=_now(draft))

    def do(given: dict[str, Any]) -> None:
        actions.write_own(
            draft,
            does=given["does"],
            knows=given["knows"],
            opened_version=given["version"],
            by=viewer,
            at=viewer.now,
        )

    title = _("Skolans egen del")
    lead = _("%(name)s. Kan läsas av %(readers)s. Lämnas aldrig ut med planen.")
    return form_page(
        request,
        form,
        do,
        title=title,
        verb=_("Spara"),
        back=reverse("plan_version", args=[public_id, draft.number]),
        now=lambda: _now(draft),
        lead=lead % {"name": name_of(found.pupil), "readers": readers_in_words(READERS)},
        crumbs=way_to(found, viewer, (title, "")),
    )


def _now(draft: PlanVersion) -> dict[str, Any]:
    own = OwnPart.objects.filter(of=draft).first()
    if own is None:
        return {"does": "", "knows": "", "version": 0}
    return {"does": own.does, "knows": own.knows, "version": own.version}
