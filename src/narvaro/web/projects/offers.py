"""What projects offer to the pages that gather."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.ui.registry import MenuItem, offer_menu


def fill() -> None:
    """Called once, at the start."""
    offer_menu(48, _menu)


def _menu(viewer: Viewer) -> Iterable[MenuItem]:
    if viewer.may("projects.list"):
        yield MenuItem("projects", _("Projekt"), reverse("projects"))
    elif viewer.may("projects.all_meetings"):
        yield MenuItem("projects", _("Projektmöten"), reverse("all_project_meetings"))
