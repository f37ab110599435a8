"""What the inbox offers to the pages that gather, and the work it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.registry import offer_flags
from narvaro.web.inbox.climbing import climbed
from narvaro.web.inbox.for_cases import flags_for
from narvaro.web.inbox.keeping import keep
from narvaro.web.inbox.queue import own_flags
from narvaro.web.inbox.taking import take_in
from narvaro.web.inbox.telling import tell_of_silence
from narvaro.web.jobs.handlers import Result, Running, follow, offer_job, offer_schedule
from narvaro.web.ui.registry import MenuItem, offer_day_moved, offer_menu, offer_queue


def fill() -> None:
    """Called once, at the start."""
    offer_flags(flags_for)
    offer_job("inbox.take_in", _("Ta emot flaggor"), _take_in)
    follow("runs changed", "inbox.take_in")
    offer_day_moved(take_in)
    offer_job("inbox.keep", _("Se till att inget saknar ägare"), _keep)
    offer_schedule("keep", "inbox.keep", "daily 02:20")
    offer_day_moved(keep)
    offer_job("inbox.silence", _("Säga till om det som är försenat"), _silence)
    offer_schedule("silence", "inbox.silence", "daily 06:40")
    offer_menu(15, _menu)
    offer_queue(own_flags)
    offer_queue(climbed)


def _menu(viewer: Viewer) -> Iterator[MenuItem]:
    if viewer.may("inbox.flags"):
        yield MenuItem("flags", gettext("Flaggor"), reverse("flags"))
    elif viewer.may("inbox.handling_counts"):
        yield MenuItem("flags", gettext("Flaggor"), reverse("handling_counts"))


def _take_in(running: Running) -> Result:
    return asdict(take_in(running.asked_at))


def _silence(running: Running) -> Result:
    return {"queued": tell_of_silence(running.asked_at)}


def _keep(running: Running) -> Result:
    return asdict(keep(running.asked_at))
