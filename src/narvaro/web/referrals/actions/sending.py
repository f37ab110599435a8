"""The sending side: sent on a ground, given a new one, opened again, an answer read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.disclosures.models import Disclosure
from narvaro.web.referrals.actions.happening import happen, held
from narvaro.web.referrals.actions.moving import hand_over_case, lock_course
from narvaro.web.referrals.days import due_on
from narvaro.web.referrals.grounds import fitting, is_grounded
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.words import Happening, ReferralKind, State


def send(
    referral: Referral, disclosure: Disclosure, *, version: int, by: Viewer, at: datetime
) -> Referral:
    """Send it on what was told of the pupil to the same receiver: a prepared one, or one again.

    A sent one gets a new ground; its last day stays. A hand-over that is sent closes the case
    here. Raises Refused when what was told does not hold at the moment.
    """
    with transaction.atomic():
        if referral.kind == ReferralKind.HAND_OVER:
            lock_course(referral.case)
        kept = held(referral, version=version)
        _set(kept, disclosure, at)
        if kept.state != State.PREPARED:
            happen(kept, Happening.RENEW, by=by, at=at, has_ground=True)
            return kept
        _start_clock(kept, by)
        happen(kept, Happening.SEND, by=by, at=at, has_ground=True)
        if kept.kind == ReferralKind.HAND_OVER:
            hand_over_case(kept, by=by, at=at)
    return kept


def reopen(
    referral: Referral,
    *,
    why: str,
    version: int,
    by: Viewer,
    at: datetime,
    disclosure: Disclosure | None = None,
) -> Referral:
    """Ask again after an answer or after taking it back, with a new last day.

    `disclosure` None: what it stood on before, if that holds still.
    """
    with transaction.atomic():
        kept = held(referral, version=version)
        if disclosure is not None:
            _set(kept, disclosure, at)
        others = kept.case.referrals.still_open().exclude(pk=kept.pk)
        if others.filter(receiver=kept.receiver_id).exists():
            raise Refused(_("En remiss till samma mottagare är redan öppen i ärendet."))
        _start_clock(kept, by)
        ground = is_grounded(kept, at)
        happen(kept, Happening.REOPEN, by=by, at=at, has_ground=ground, why=why)
    return kept


def note(referral: Referral, *, version: int, by: Viewer, at: datetime) -> Referral:
    """The answer was read: it leaves the sender's queue."""
    with transaction.atomic():
        kept = held(referral, version=version)
        kept.noted_on = by.today
        happen(kept, Happening.NOTE, by=by, at=at, has_ground=False)
    return kept


def _set(kept: Referral, disclosure: Disclosure, at: datetime) -> None:
    if disclosure not in fitting(kept, at):
        raise Refused(_("Det som valdes gäller inte längre för mottagaren. Inget är skickat."))
    kept.disclosure = disclosure


def _start_clock(kept: Referral, by: Viewer) -> None:
    kept.sent_on, kept.noted_on = by.today, None
    kept.due_on = due_on(kept.case, kept.receiver, by.today)
