"""Mail about consultations: a time, a place and a link; no question and no name."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.models import Booking, Slot
from narvaro.web.messages.calendars import Event
from narvaro.web.messages.letters import Link, Place, queue_letter


def event_of(slot: Slot, *, is_over: bool = False) -> Event:
    """The consultation as a calendar shows it."""
    return Event(
        key=f"consultation-{slot.public_id}",
        title=_("Konsultation"),
        path=reverse("consultation", args=[slot.public_id]),
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        place=slot.place,
        sequence=slot.sequence,
        is_cancelled=is_over or slot.cancelled_at is not None,
    )


def mail(
    booking: Booking,
    to: Account,
    template: str,
    *,
    by: Viewer,
    at: datetime,
    is_over: bool = False,
) -> None:
    """Queue one mail of a booking; the same is queued once."""
    slot = booking.slot
    is_adviser = to.pk == slot.adviser_id
    queue_letter(
        f"consultations/mail/{template}.txt",
        {
            "starts_at": slot.starts_at,
            "place": Place(slot.place),
            "link": Link(reverse("consultation", args=[slot.public_id])),
        },
        key=f"consultation:{booking.public_id}:{template}:{slot.sequence}:{to.public_id}",
        to=to,
        authority=slot.unit.authority if is_adviser else booking.unit.authority,
        by=by,
        at=at,
        action="consultations.mail",
        event=event_of(slot, is_over=is_over),
    )
