"""What figures offers to the pages that gather."""

from __future__ import annotations

from narvaro.web.figures.freshness import freshness_for
from narvaro.web.figures.pupil_panels import panels as pupil_panels
from narvaro.web.figures.registration import offers as registration
from narvaro.web.ui.registry import offer_freshness


def fill() -> None:
    """Called once, at the start."""
    offer_freshness(freshness_for)
    pupil_panels.offer()
    registration.fill()
