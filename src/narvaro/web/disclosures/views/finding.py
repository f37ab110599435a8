"""The pupil or the disclosure of an address, in scope, and what the log is told of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import log_reading
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.cases.models import Case
from narvaro.web.disclosures.models import Disclosure, pupils_of
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.opening import reason_given
from narvaro.web.pupils.pages import name_of


def pupil_for(viewer: Viewer, action: str, public_id: str) -> Pupil:
    """The pupil, or not found."""
    return get_object_or_404(pupils_of(viewer, action), public_id=public_id)


def disclosure_for(viewer: Viewer, action: str, public_id: str) -> Disclosure:
    """A disclosure of the viewer's own side, or not found."""
    mine = Disclosure.objects.visible_to(viewer, action)
    found = mine.select_related("pupil", "receiver__authority", "made_by", "ended_by")
    return get_object_or_404(found, public_id=public_id)


def case_of(pupil: Pupil, viewer: Viewer) -> Case | None:
    """The pupil's open case, else the latest, if the viewer may open it."""
    mine = Case.objects.visible_to(viewer, "cases.case").filter(pupil=pupil)
    return mine.still_open().first() or mine.order_by("-closed_at", "-pk").first()


def told_the_log(
    request: HttpRequest,
    viewer: Viewer,
    pupil: Pupil,
    *more: str,
    kind: Kind = Kind.READ,
) -> HttpResponse | None:
    """Log the reading. A protected pupil is first opened with a reason: then the way there."""
    reason = reason_given(request, viewer, pupil)
    if reason is None:
        return redirect("pupils_open", public_id=pupil.public_id)
    log_reading(request, [f"pupil:{pupil.public_id}", *more], kind=kind, reason=reason)
    return None


def way_to(pupil: Pupil, viewer: Viewer, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down: the pupil, what was told of the pupil, and further."""
    page = reverse("pupil", args=[pupil.public_id]) if viewer.may("pupils.pupil") else ""
    told = (_("Delat med andra"), reverse("disclosures", args=[pupil.public_id]))
    found: Iterable[tuple[str, str]] = ((name_of(pupil), page), told, *further)
    last = len(further) + 1
    return [(words, "" if at == last else url) for at, (words, url) in enumerate(found)]
