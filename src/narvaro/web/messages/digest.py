"""The weekly mail: one for each person and ISO week, with counts and links and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.timetable import Week, local_day
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.messages.actions import Letter, queue_mail
from narvaro.web.messages.models import Declined, Mail
from narvaro.web.messages.registry import Line, is_first_day_of_week
from narvaro.web.messages.reminders import reminders_of, viewers_of
from narvaro.web.ui.registry import QueueGroup, queue_of

Provider = Callable[[Viewer], Iterable[Line]]
PROVIDERS: list[Provider] = []


def offer_digest(provider: Provider) -> None:
    """Register what an app wants in the weekly mail of a viewer; in the active language."""
    PROVIDERS.append(provider)


def queue_weekly_digests(now: datetime, *, on_any_day: bool = True) -> int:
    """Queue the week's mail for everybody who has something to do. Returns how many.

    Once for each person and ISO week, however often it is run and wherever it was stopped. With
    `on_any_day` false: on the first day of the week on which the person has school.
    """
    week = Week.holding(local_day(now))
    return sum(_queue(account, week, now, on_any_day) for account in _people(now).iterator())


def _people(now: datetime) -> QuerySet[Account]:
    serving = Assignment.objects.in_force(local_day(now)).exclude(account=None)
    declined = Declined.objects.values("account")
    return (
        Account.objects.filter(is_active=True, pk__in=serving.values("account"))
        .exclude(pk__in=declined)
        .order_by("pk")
    )


def _queue(account: Account, week: Week, now: datetime, on_any_day: bool) -> bool:
    key = f"weekly:{account.public_id}:{week}"
    if Mail.objects.filter(key=key).exists():
        return False
    viewers = viewers_of(account, now)
    if not on_any_day and not is_first_day_of_week(viewers, local_day(now)):
        return False
    language = account.language if account.language in dict(settings.LANGUAGES) else "sv"
    with translation.override(language):
        lines = lines_for(viewers)
        if not lines:
            return False
        letter = Letter(key, _("Att göra den här veckan"), _body(lines), language)
    authority = viewers[0].authority
    made = queue_mail(
        letter, to=account, authority=authority, by=None, at=now, action="messages.queue_digest"
    )
    return made is not None


def lines_for(viewers: Iterable[Viewer]) -> list[Line]:
    """What somebody's mail tells, over all roles: the same thing once. Empty: nothing to tell."""
    found: dict[Line, None] = {}
    rows: dict[str, QueueGroup] = {}
    told = list(viewers)
    for viewer in told:
        rows |= {row.key: row.group for row in queue_of(viewer)}
        found |= dict.fromkeys(line for provider in PROVIDERS for line in provider(viewer))
    mine = {key: group for key, group in rows.items() if group != QueueGroup.WAITING}
    found |= dict.fromkeys(reminders_of(told))
    return [*([_summary(mine)] if mine else []), *found]


def _summary(rows: Mapping[str, QueueGroup]) -> Line:
    count = len(rows)
    text = ngettext("%(count)d sak att göra", "%(count)d saker att göra", count) % {"count": count}
    late = sum(group == QueueGroup.LATE for group in rows.values())
    if late:
        said = ngettext("%(late)d är försenad", "%(late)d är försenade", late) % {"late": late}
        text = f"{text}, {said}"
    return Line(text, reverse("home"))


def _body(lines: list[Line]) -> str:
    address = settings.PUBLIC_ADDRESS
    context = {
        "lines": [(line.text, f"{address}{line.path}") for line in lines],
        "choose": f"{address}{reverse('own_mail')}",
    }
    return render_to_string("messages/weekly.txt", context)
