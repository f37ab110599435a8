"""The work that exports asks for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from narvaro.web.exports.sending import send_out
from narvaro.web.jobs.handlers import Result, Running, offer_job, offer_schedule
from narvaro.web.ui.registry import offer_day_moved


def fill() -> None:
    """Called once, at the start."""
    offer_job(
        "exports.cases",
        _("Lämna ärendenas steg och projektens skolor till frånvarons siffror"),
        _send_out,
    )
    offer_schedule("case events", "exports.cases", "daily 02:30")
    offer_day_moved(send_out)


def _send_out(running: Running) -> Result:
    return {"rows": send_out(running.asked_at)}
