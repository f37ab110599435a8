"""What each app offers to the pages that gather, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.ui.registry import MenuItem, offer_menu, queue_of


def fill() -> None:
    """Called once, at the start."""
    offer_menu(0, _home)


def _home(viewer: Viewer) -> Iterable[MenuItem]:
    yield MenuItem("home", _("Att göra"), reverse("home"), len(queue_of(viewer)))
