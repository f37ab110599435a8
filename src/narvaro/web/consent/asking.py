"""What consents let through at a moment, asked of the database each time; nothing of it is kept.

`live_items_of` is for pages, `held` for who shares something now.
"""

from __future__ import annotations

from datetime import datetime

from narvaro.web.consent.items import Item
from narvaro.web.consent.models import Consent, asked_of, live_items_of

__all__ = ["asked_of", "held", "live_items_of"]


def held(consent: Consent, *, at: datetime) -> frozenset[Item]:
    """What the consent lets through, and its row locked until the transaction ends.

    For who shares something by it: a withdrawal comes before or after, never in between.
    """
    kept = Consent.objects.select_for_update(no_key=True).filter(pk=consent.pk)
    return live_items_of(list(kept), at=at).get(consent.pk, frozenset())
