"""What figures offers to the pages that gather."""

from __future__ import annotations

from narvaro.web.figures import home, menus
from narvaro.web.figures.freshness import freshness_for
from narvaro.web.figures.pupil_panels import panels as pupil_panels
from narvaro.web.figures.registration import offers as registration
from narvaro.web.ui.registry import (
    offer_freshness,
    offer_home_panels,
    offer_menu,
    offer_queue,
)


def fill() -> None:
    """Called once, at the start."""
    offer_freshness(freshness_for)
    pupil_panels.offer()
    offer_menu(10, menus.menu)
    offer_menu(50, menus.rules_menu)
    offer_home_panels(home.panels)
    offer_queue(home.queue)
    registration.fill()
