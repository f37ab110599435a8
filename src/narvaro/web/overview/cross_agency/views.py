"""The counters of meetings of authorities."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.overview.cross_agency.pages import cross_agency_page


@page("joint_meetings.counts")
def counts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """How many calls, meetings and follow-ups, in time or not, and who came: no pupil, no person."""
    context = {
        "page": cross_agency_page(viewer.authority, viewer),
        "crumbs": [(_("Möten med andra myndigheter"), "")],
    }
    return render(request, "overview/cross_agency.html", context)
