"""How long a receiver may take to answer, as the case's routine says, and how that is said."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.programmes import collaboration_of
from narvaro.web.accounts.models import Unit
from narvaro.web.cases.models import Case
from narvaro.web.cases.routines import programme_of
from narvaro.web.referrals.rules import last_day


def due_on(case: Case, receiver: Unit, sent_on: date) -> date:
    """The last day for an answer, by the kind of authority that is asked."""
    days = collaboration_of(programme_of(case)).referral_days[str(receiver.authority.kind)]
    return last_day(sent_on, days)


def days_left(due: date | None, today: date) -> str:
    """`9 dagar kvar`, `sista dagen är i dag`, `2 dagar sedan`: calendar days, as agencies count."""
    if due is None:
        return ""
    if due == today:
        return _("sista dagen är i dag")
    left = (due - today).days
    if left > 0:
        return ngettext("%(n)s dag kvar", "%(n)s dagar kvar", left) % {"n": left}
    return ngettext(
        "sista dagen var för %(n)s dag sedan", "sista dagen var för %(n)s dagar sedan", -left
    ) % {"n": -left}
