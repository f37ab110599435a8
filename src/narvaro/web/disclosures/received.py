"""Frozen values for the pages of who is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.items import Item
from narvaro.web.disclosures.live import live_items
from narvaro.web.disclosures.models import Disclosure
from narvaro.web.disclosures.pages import words_of
from narvaro.web.pupils.pages import name_of


@dataclass(frozen=True, slots=True)
class Received:
    """A live disclosure in the receiver's list: who tells, of whom, what, until when."""

    public_id: str
    pupil_id: str
    pupil: str
    sender: str
    items: Sequence[str]
    made_at: datetime
    until_on: date
    is_new: bool


def sender_of(one: Disclosure, live: frozenset[str]) -> str:
    """The authority; the person too, when which school it is may be known: a name tells it."""
    authority = one.pupil.authority.name
    if str(Item.SCHOOL) in live:
        return f"{one.made_by.name}, {one.get_made_as_display()}, {authority}"
    return authority


def received_by(viewer: Viewer) -> list[Received]:
    """What the viewer's unit can read now, the latest first."""
    mine = Disclosure.objects.live_for(viewer, viewer.now)
    held = live_items(mine, viewer.now)
    whole = mine.select_related("pupil__authority", "made_by").prefetch_related("looks")
    return [
        Received(
            one.public_id,
            one.pupil.public_id,
            name_of(one.pupil),
            sender_of(one, held[one.pk]),
            words_of(held[one.pk]),
            one.made_at,
            one.until_on,
            all(look.account_id != viewer.account.pk for look in one.looks.all()),
        )
        for one in whole.order_by("-made_at", "-pk")
    ]
