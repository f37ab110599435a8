"""The reminder of the day: one mail for each person at most, with counts and links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from narvaro.timetable import Week, local_day
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.messages.actions import Letter, queue_mail
from narvaro.web.messages.models import DeclinedReminders, Mail
from narvaro.web.messages.registry import REMINDERS, Line, is_quiet_for


def queue_reminders(now: datetime, *, on_any_day: bool = True) -> int:
    """Queue today's reminders. Returns how many. Safe to run again, wherever it was stopped.

    Nobody is reminded who has chosen not to be; with `on_any_day` false nobody without school.
    """
    if not REMINDERS:
        return 0
    today = local_day(now)
    serving = Assignment.objects.in_force(today).exclude(account=None)
    people = Account.objects.filter(is_active=True, pk__in=serving.values("account")).order_by("pk")
    asked = people.exclude(pk__in=DeclinedReminders.objects.values("account"))
    return sum(_queue(account, today, now, on_any_day) for account in asked.iterator())


def _queue(account: Account, today: date, now: datetime, on_any_day: bool) -> bool:
    key = f"reminder:{account.public_id}:{today.isoformat()}"
    if Mail.objects.filter(key=key).exists() or _has_weekly(account, today, now):
        return False
    viewers = viewers_of(account, now)
    if not on_any_day and is_quiet_for(viewers, today):
        return False
    language = account.language if account.language in dict(settings.LANGUAGES) else "sv"
    with translation.override(language):
        lines = reminders_of(viewers)
        if not lines:
            return False
        letter = Letter(key, _("Påminnelse från Närvaro"), _body(lines), language)
    made = queue_mail(
        letter,
        to=account,
        authority=viewers[0].authority,
        by=None,
        at=now,
        action="messages.queue_reminder",
    )
    return made is not None


def viewers_of(account: Account, now: datetime) -> list[Viewer]:
    """The account in each of its assignments of the day."""
    today = local_day(now)
    mine = account.assignments.in_force(today).select_related("unit__authority").order_by("pk")
    return [Viewer(account, one, today, now) for one in mine]


def reminders_of(viewers: Sequence[Viewer]) -> list[Line]:
    """What somebody is reminded of, over all roles: the same thing once."""
    found = dict.fromkeys(
        line for viewer in viewers for provider in REMINDERS for line in provider(viewer)
    )
    return list(found)


def _has_weekly(account: Account, today: date, now: datetime) -> bool:
    """The weekly mail was queued today, and tells what the reminder would."""
    weekly = Mail.objects.filter(key=f"weekly:{account.public_id}:{Week.holding(today)}").first()
    return weekly is not None and local_day(weekly.queued_at) == local_day(now)


def _body(lines: Sequence[Line]) -> str:
    address = settings.PUBLIC_ADDRESS
    context = {
        "lines": [(line.text, f"{address}{line.path}") for line in lines],
    }
    return render_to_string("messages/reminder.txt", context)
