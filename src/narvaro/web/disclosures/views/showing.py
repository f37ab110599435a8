"""The sheet for a guardian or the pupil: what was told to whom, on what ground, who has looked."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.disclosures.told import is_careful, readers_of, told_of
from narvaro.web.disclosures.views.finding import pupil_for, told_the_log, way_to
from narvaro.web.pupils.models import HeldBack
from narvaro.web.pupils.pages import name_of

TOLD = "disclosures.told"


@page(TOLD)
def choose(request: HttpRequest, viewer: Viewer, pupil_id: str) -> HttpResponse:
    """For whom: what is on the sheet depends on whose eyes it is for."""
    pupil = pupil_for(viewer, TOLD, pupil_id)
    if away := told_the_log(request, viewer, pupil):
        return away
    context = {
        "pupil": pupil,
        "name": name_of(pupil),
        "readers": readers_of(pupil, viewer),
        "has_threat": pupil.guardians.filter(held_back=HeldBack.THREAT).exists(),
        "crumbs": way_to(pupil, viewer, (_("Sammanställning"), "")),
    }
    return render(request, "disclosures/choose.html", context)


@page(TOLD)
def told(request: HttpRequest, viewer: Viewer, pupil_id: str, whose: str) -> HttpResponse:
    """One page, to be printed or shown on the screen."""
    pupil = pupil_for(viewer, TOLD, pupil_id)
    reader = next((one for one in readers_of(pupil, viewer) if one.key == whose), None)
    if reader is None:
        raise Http404
    if away := told_the_log(request, viewer, pupil, kind=Kind.PRINT):
        return away
    context = {
        "pupil": pupil,
        "name": name_of(pupil),
        "reader": reader,
        "rows": told_of(pupil, reader, viewer),
        "is_careful": (careful := is_careful(pupil, reader)),
        "without_place": careful,  # on paper the frame names no school either
        "authority": pupil.authority.name,
        "at": viewer.now,
        "crumbs": way_to(pupil, viewer, (_("Sammanställning"), "")),
    }
    return render(request, "disclosures/told.html", context)
