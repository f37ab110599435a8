"""The pupil or the consent of an address, in scope, and what the log is told of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import log_reading
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.models import Consent
from narvaro.web.consent.people import THE_PUPIL
from narvaro.web.consent.reach import pupils_of
from narvaro.web.pupils.models import Guardian, Pupil
from narvaro.web.pupils.opening import reason_given
from narvaro.web.pupils.pages import name_of


def pupil_for(viewer: Viewer, action: str, public_id: str) -> Pupil:
    """The pupil, or not found."""
    return get_object_or_404(pupils_of(viewer, action), public_id=public_id)


def consent_for(viewer: Viewer, action: str, public_id: str) -> Consent:
    """The consent, or not found."""
    mine = Consent.objects.visible_to(viewer, action)
    rows = mine.select_related("pupil", "receiver__authority", "made_by")
    return get_object_or_404(rows, public_id=public_id)


def guardian_for(consent: Consent, person_id: str) -> Guardian | None:
    """Whose answer the address is about: a guardian of the pupil's, or None for the pupil."""
    if person_id == THE_PUPIL:
        return None
    return get_object_or_404(consent.pupil.guardians, public_id=person_id)


def told_the_log(
    request: HttpRequest, viewer: Viewer, pupil: Pupil, *more: str
) -> HttpResponse | None:
    """Log the reading. A protected pupil is first opened with a reason: then the way there."""
    reason = reason_given(request, viewer, pupil)
    if reason is None:
        return redirect("pupils_open", public_id=pupil.public_id)
    log_reading(request, [f"pupil:{pupil.public_id}", *more], reason=reason)
    return None


def way_to(pupil: Pupil, viewer: Viewer) -> list[tuple[str, str]]:
    """The way down to the consents of a pupil."""
    page = reverse("pupil", args=[pupil.public_id]) if viewer.may("pupils.pupil") else ""
    return [
        (name_of(pupil), page),
        (_("Samtycken"), reverse("consents", args=[pupil.public_id])),
    ]
