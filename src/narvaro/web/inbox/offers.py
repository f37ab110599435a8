"""What the inbox offers to the pages that gather, and the work it asks for."""

from __future__ import annotations

from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from narvaro.web.inbox.taking import take_in
from narvaro.web.jobs.handlers import Result, Running, follow, offer_job
from narvaro.web.ui.registry import offer_day_moved


def fill() -> None:
    """Called once, at the start."""
    offer_job("inbox.take_in", _("Ta emot flaggor"), _take_in)
    follow("runs changed", "inbox.take_in")
    offer_day_moved(take_in)


def _take_in(running: Running) -> Result:
    return asdict(take_in(running.asked_at))
