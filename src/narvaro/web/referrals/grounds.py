"""Whether a referral may be read by its receiver at a moment: it stands on a disclosure that lives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from narvaro.web.consent.items import Item
from narvaro.web.disclosures.live import live_items
from narvaro.web.disclosures.models import Disclosure
from narvaro.web.referrals.models import Referral


def grounded(referrals: Iterable[Referral], at: datetime) -> frozenset[int]:
    """Those of the referrals (ids) whose disclosure lets something through at the moment."""
    on = {one.pk: one.disclosure_id for one in referrals if one.disclosure_id is not None}
    held = live_items(Disclosure.objects.filter(pk__in=on.values()), at)
    return frozenset(pk for pk, disclosure in on.items() if held.get(disclosure))


def is_grounded(referral: Referral, at: datetime) -> bool:
    """The receiver can read it at the moment."""
    return referral.pk in grounded([referral], at)


def fitting(referral: Referral, at: datetime) -> dict[Disclosure, list[Item]]:
    """What was told of the pupil to the receiver and still holds, the latest first: its items."""
    told = Disclosure.objects.filter(
        pupil=referral.pupil_id, receiver=referral.receiver_id, made_at__lte=at
    )
    held = live_items(told, at)
    return {
        one: [item for item in Item if item in held[one.pk]] for one in told if held.get(one.pk)
    }
