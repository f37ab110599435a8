"""What an address names, in the viewer's scope; anything else is not found."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.links import case_url
from narvaro.web.cases.views.finding import told_the_log
from narvaro.web.collaboration.models import Call, Called
from narvaro.web.pupils.pages import name_of


def call_found(viewer: Viewer, action: str, public_id: str) -> Call:
    """A call of a case in reach."""
    mine = Call.objects.visible_to(viewer, action)
    linked = mine.select_related("pupil", "case__pupil", "case__school", "case__authority")
    return get_object_or_404(linked, public_id=public_id)


def called_found(call: Call, public_id: str) -> Called:
    """A unit of the call."""
    found = get_object_or_404(call.called.select_related("unit"), public_id=public_id)
    found.call = call
    return found


def logged(request: HttpRequest, viewer: Viewer, call: Call) -> HttpResponse | None:
    """Log the reading. A protected pupil is first opened with a reason: then the way there."""
    return told_the_log(request, viewer, call.case, more=[f"call:{call.public_id}"])


def way_to(call: Call, viewer: Viewer) -> list[tuple[str, str]]:
    """The way down to a call: the pupil, the case, the call."""
    pupil = reverse("pupil", args=[call.pupil.public_id]) if viewer.may("pupils.pupil") else ""
    return [(name_of(call.pupil), pupil), (_("Ärende"), case_url(call.case, viewer))]
