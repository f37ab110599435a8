"""One pupil's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.overview.pupil_page.page import pupil_page
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.opening import reason_given


@page("pupils.pupil")
def pupil(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A pupil in the viewer's scope; one with a protected identity only after a reason."""
    found = get_object_or_404(Pupil.objects.visible_to(viewer, "pupils.pupil"), public_id=public_id)
    reason = reason_given(request, viewer, found)
    if reason is None:
        return redirect("pupils_open", public_id=found.public_id)
    kind = Kind.PRINT if "utskrift" in request.GET else Kind.READ
    log_reading(request, [f"pupil:{found.public_id}"], kind=kind, reason=reason)
    return render(request, "overview/pupil.html", {"page": pupil_page(viewer, found)})
