"""The pages of who is told: what can be read now, and one disclosure. Nothing else of a pupil."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.disclosures import actions
from narvaro.web.disclosures.models import Disclosed, Disclosure
from narvaro.web.disclosures.pages import as_frozen
from narvaro.web.disclosures.received import received_by, sender_of

PROTECTED = "protected"
"""The code in the log of a reading about somebody whose identity is protected."""


@page("disclosures.received")
def received(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What has been told to the viewer's unit and can be read now."""
    rows = received_by(viewer)
    subjects = {f"disclosure:{one.public_id}" for one in rows}
    log_reading(request, subjects | {f"pupil:{one.pupil_id}" for one in rows})
    return render(request, "disclosures/received.html", {"rows": rows})


@page("disclosures.read")
def read(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Exactly what was told and still holds at this moment; that it was read is written down."""
    mine = Disclosure.objects.live_for(viewer, viewer.now)
    found = get_object_or_404(
        mine.select_related("pupil__authority", "made_by"), public_id=public_id
    )
    items = list(Disclosed.objects.live_for(viewer, viewer.now).filter(disclosure=found))
    named = frozenset(one.item for one in items)
    subjects = [f"disclosure:{found.public_id}", f"pupil:{found.pupil.public_id}"]
    subjects += [f"item:{one}" for one in named]
    with transaction.atomic():
        actions.note_look(found, named, by=viewer, at=viewer.now)
        log_reading(request, subjects, reason=PROTECTED if found.pupil.is_protected else "")
    context = {
        "one": found,
        "name": found.pupil.name or _("En elev"),
        "is_protected": found.pupil.is_protected,
        "sender": sender_of(found, named),
        "items": as_frozen(items),
        "crumbs": [(_("Delat med er"), reverse("disclosures_received")), (_("Uppgifter"), "")],
    }
    return render(request, "disclosures/read.html", context)
