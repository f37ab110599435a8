"""What consent offers to the pages that gather: panels of a case and of a pupil."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.models import Consent
from narvaro.web.consent.pages import consent_rows
from narvaro.web.consent.reach import pupils_of
from narvaro.web.pupils.models import Pupil
from narvaro.web.ui.registry import Panel, Part, offer_case_panels, offer_pupil_panels


def fill() -> None:
    """Called once, at the start."""
    offer_case_panels(10, _of_case)
    offer_pupil_panels(Part.NEXT, 8, _of_pupil)


def _of_case(viewer: Viewer, case: Any) -> Iterable[Panel]:
    """What may be shared with whom, and the way to ask, for who may ask about the case's pupil."""
    pupil: Pupil = case.pupil
    if viewer.may("consent.list") and pupils_of(viewer, "consent.list").contains(pupil):
        yield _panel(viewer, pupil)


def _of_pupil(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """The same on the pupil's page, when anything has been asked."""
    if viewer.may("consent.list"):
        made = _panel(viewer, pupil)
        if made.context["rows"]:
            yield made


def _panel(viewer: Viewer, pupil: Pupil) -> Panel:
    mine = Consent.objects.visible_to(viewer, "consent.list").filter(pupil=pupil)
    context = {
        "rows": consent_rows(mine, viewer),
        "pupil": pupil,
        "may_ask": viewer.may("consent.ask"),
    }
    title = _("Samtycke som häver sekretess")
    return Panel("consent.consents", title, "consent/panel.html", context, 12)
