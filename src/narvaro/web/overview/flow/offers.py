"""The places of flow in the main menu."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.overview.flow.views import flow_url
from narvaro.web.ui.registry import MenuItem, offer_menu


def fill() -> None:
    """Called once, at the start."""
    offer_menu(45, menu)


def menu(viewer: Viewer) -> Iterator[MenuItem]:
    """The own school, area or municipality."""
    url = flow_url(viewer.unit, viewer)
    if url:
        yield MenuItem("flow", _("Uppföljning"), url)
    if viewer.may("joint_meetings.counts"):
        yield MenuItem("cross_agency", _("Samverkan i siffror"), reverse("cross_agency_counts"))
