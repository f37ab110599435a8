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
from narvaro.web.messages.models import Letter, Mail
from narvaro.web.messages.reminders import queue_reminders
from narvaro.web.messages.sending import send_due
from narvaro.web.ui.registry import QueueGroup, QueueRow, offer_queue


def fill() -> None:
    """Called once, at the start."""
    offer_job("messages.send", gettext_lazy("Skicka mejl"), _send)
    offer_job("messages.weekly", gettext_lazy("Veckomejl"), _weekly)
    offer_job("messages.remind", gettext_lazy("Påminnelser"), _remind)
    offer_schedule("mail", "messages.send", "every 5 minutes")
    offer_schedule("weekly_mail", "messages.weekly", "daily 06:30")
    offer_schedule("reminders", "messages.remind", "daily 06:45")
    offer_queue(_troubled)
    offer_queue(_own_letters)


def _send(_job: Running) -> Result:
    return send_due(installation_now()).as_record()


def _weekly(job: Running) -> Result:
    return {"queued": queue_weekly_digests(job.asked_at, on_any_day=False)}


def _remind(job: Running) -> Result:
    return {"queued": queue_reminders(job.asked_at, on_any_day=False)}


def _own_letters(viewer: Viewer) -> Iterator[QueueRow]:
    """Letters of one's own that did not leave: their writer knows another way to the home."""
    if not viewer.may("messages.letters"):
        return
    mine = Letter.objects.visible_to(viewer, "messages.letters")
    lost = Mail.objects.filter(delivery__letter__in=mine)
    failed = lost.exclude(failed_at=None) | lost.in_doubt(installation_now())
    for one in mine.filter(deliveries__mail__in=failed.values("pk")).distinct():
        count = failed.filter(delivery__letter=one).count()
        title = ngettext(
            "%(count)d brev till hemmet gick inte iväg",
            "%(count)d brev till hemmet gick inte iväg",
            count,
        )
        yield QueueRow(
            f"messages:letter:{one.public_id}",
            QueueGroup.NEW,
            title % {"count": count},
            _("Försök igen, eller nå hemmet på annat sätt."),
            _("Se brevet"),
            reverse("letter", args=[one.public_id]),
        )


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
