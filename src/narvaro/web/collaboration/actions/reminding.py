"""Silent units: reminded by a person, and by themselves every few days."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.actions.holding import held_call
from narvaro.web.collaboration.actions.telling import tell
from narvaro.web.collaboration.mailing import remind as mail
from narvaro.web.collaboration.models import Answer, Call, Called

WAITS = timedelta(days=3)
"""How long a unit may be silent before it is reminded, and before it is reminded again."""
BETWEEN = timedelta(days=1)
"""Nobody is reminded twice a day, whoever asks for it."""


def remind(*, call: Call, by: Viewer, at: datetime) -> int:
    """Remind those who have said nothing. Returns how many. Raises Refused."""
    return _remind(call, BETWEEN, by=by, at=at)


def remind_silent(now: datetime) -> int:
    """Remind every unit that has been silent for long enough. Safe to run again."""
    silent = Called.objects.filter(answer=Answer.NONE, stopped_at=None)
    calls = Call.objects.sent().filter(sent_at__lte=now - WAITS, called__in=silent)
    standing = calls.filter(proposed__starts_at__gt=now).distinct().order_by("pk")
    return sum(_remind(one, WAITS, by=None, at=now) for one in standing if not _has_met(one))


def _has_met(call: Call) -> bool:
    return call.meetings.held().exists()


def _remind(call: Call, pause: timedelta, *, by: Viewer | None, at: datetime) -> int:
    with transaction.atomic():
        kept = held_call(call, _("Kallelsen gäller inte längre."))
        asked = [one for one in silent_of(kept) if _last_told(one, kept) <= at - pause]
        for one in asked:
            mail(one, by=by, at=at)
            one.reminded_at = at
            one.save(update_fields=["reminded_at"])
        if asked:
            units = [f"unit:{one.unit.public_id}" for one in asked]
            tell(by, "collaboration.remind", kept, at, *units)
    return len(asked)


def silent_of(call: Call) -> list[Called]:
    """Those who have said nothing and still take part."""
    rows = call.called.filter(answer=Answer.NONE, stopped_at=None).select_related("unit")
    found = list(rows.order_by("pk"))
    for one in found:
        one.call = call
    return found


def _last_told(one: Called, call: Call) -> datetime:
    return one.reminded_at or call.sent_at or call.made_at
