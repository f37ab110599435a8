"""The receiving side: a referral is read, taken on or declined, worked with and done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.referrals.actions.happening import happen, held
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.rules import MOVES
from narvaro.web.referrals.words import Happening, Side, State, WhyDeclined


def see(referral: Referral, *, by: Viewer, at: datetime) -> None:
    """Somebody of the receiver has opened it: the first time is kept, the rest change nothing."""
    with transaction.atomic():
        Case.objects.select_for_update(no_key=True).get(pk=referral.case_id)
        kept = Referral.objects.select_for_update(no_key=True).get(pk=referral.pk)
        if State(kept.state) not in MOVES[Happening.SEE].before:
            return
        kept.version += 1
        happen(kept, Happening.SEE, by=by, at=at, has_ground=_may_read(kept, by, at))


def answer(
    referral: Referral,
    what: Happening,
    *,
    version: int,
    by: Viewer,
    at: datetime,
    why_code: WhyDeclined | str = "",
    why: str = "",
) -> Referral:
    """Take it on, decline with a reason, say that work began or that it is done.

    The ground is asked for anew. Raises Refused when it does not hold, or the answer does not
    fit where the referral stands; ChangedMeanwhile for the second of two.
    """
    if what not in MOVES or MOVES[what].by != Side.RECEIVER:
        raise Refused(_("Det svaret finns inte."))
    if why_code == WhyDeclined.OTHER and not why.strip():
        raise Refused(_("Skriv skälet med egna ord."))
    with transaction.atomic():
        kept = held(referral, version=version)
        ground = _may_read(kept, by, at)
        is_other = why_code == WhyDeclined.OTHER
        words = why if is_other else ""
        happen(kept, what, by=by, at=at, has_ground=ground, why_code=why_code, why=words)
    return kept


def _may_read(kept: Referral, by: Viewer, at: datetime) -> bool:
    return Referral.objects.received_by(by, at).filter(pk=kept.pk).exists()
