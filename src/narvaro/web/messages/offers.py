"""What messages offers to the pages that gather, and the work it has done in the background."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.jobs.clock import installation_now
from narvaro.web.jobs.handlers import Result, Running, offer_job, offer_schedule
from narvaro.web.messages.digest import queue_weekly_digests
from narvaro.web.messages.models import Mail
from narvaro.web.messages.reminders import queue_reminders
from narvaro.web.messages.sending import send_due
from narvaro.web.ui.registry import QueueGroup, QueueRow, offer_queue


def fill() -> None:
    """Called once, at the start."""
    offer_job("messages.send", gettext_lazy("Skicka mejl"), _send)
    offer_job("messages.weekly", gettext_lazy("Veckomejl"), _weekly)
    offer_job("messages.remind", gettext_lazy("Påminnelser"), _remind)
    offer_schedule("mail", "messages.send", "every 5 minutes")
    offer_schedule("weekly_mail", "messages.weekly", "weekly mon 06:30")
    offer_schedule("reminders", "messages.remind", "daily 06:45")
    offer_queue(_troubled)


def _send(_job: Running) -> Result:
    return send_due(installation_now()).as_record()


def _weekly(job: Running) -> Result:
    return {"queued": queue_weekly_digests(job.asked_at)}


def _remind(job: Running) -> Result:
    return {"queued": queue_reminders(job.asked_at)}


def _troubled(viewer: Viewer) -> Iterator[QueueRow]:
    """Mail that did not leave, for whoever can do something about it."""
    if not viewer.may("messages.queue"):
        return
    mine = Mail.objects.visible_to(viewer, "messages.queue")
    count = mine.exclude(failed_at=None).count() + mine.in_doubt(installation_now()).count()
    if count:
        title = ngettext("%(count)d mejl gick inte iväg", "%(count)d mejl gick inte iväg", count)
        yield QueueRow(
            "messages:trouble",
            QueueGroup.NEW,
            title % {"count": count},
            _("Mejlservern svarade inte eller tog inte emot."),
            _("Se mejlen"),
            reverse("mail_queue"),
        )
