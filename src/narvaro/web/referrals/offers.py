"""What referrals offer to the pages that gather."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.referrals.panel import panels
from narvaro.web.referrals.queue import queue
from narvaro.web.ui.registry import MenuItem, offer_case_panels, offer_menu, offer_queue


def fill() -> None:
    """Called once, at the start."""
    offer_menu(27, _menu)
    offer_queue(queue)
    offer_case_panels(30, panels)


def _menu(viewer: Viewer) -> Iterable[MenuItem]:
    if viewer.may("referrals.list"):
        yield MenuItem("referrals", _("Remisser"), reverse("referrals"))
    elif viewer.may("referrals.inbox"):
        yield MenuItem("referrals", _("Remisser"), reverse("referrals_received"))
