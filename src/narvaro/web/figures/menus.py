"""The places of figures in the main menu."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.models import UnitKind
from narvaro.web.accounts.permissions import CLASS_STAFF
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.scope import page_url
from narvaro.web.ui.registry import MenuItem


def menu(viewer: Viewer) -> Iterator[MenuItem]:
    """The place of figures in the menu: the own class, school, area or the municipality."""
    unit = viewer.unit
    if viewer.role in CLASS_STAFF and unit.kind == UnitKind.CLASS:
        url = page_url(unit, viewer)
        if url:
            yield MenuItem("figures", _("Klass %(name)s") % {"name": unit.name}, url)
    elif unit.kind == UnitKind.SCHOOL and viewer.may("figures.school"):
        yield MenuItem("figures", _("Skolan"), page_url(unit, viewer))
    elif unit.kind == UnitKind.AREA and viewer.may("figures.area"):
        yield MenuItem("figures", _("Skolor"), page_url(unit, viewer))
    elif unit.kind == UnitKind.AUTHORITY and viewer.may("figures.municipality"):
        yield MenuItem("figures", _("Kommunen"), page_url(unit, viewer))


def rules_menu(viewer: Viewer) -> Iterator[MenuItem]:
    """Rules, for those who weigh them."""
    if viewer.may("figures.what_if"):
        yield MenuItem("rules", _("Regler"), reverse("figures_what_if"))
