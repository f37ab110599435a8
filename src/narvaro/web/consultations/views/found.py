"""What an address names, in the viewer's scope; anything else is not found."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.models import Booking, Slot


def slot_found(viewer: Viewer, public_id: str, action: str) -> Slot:
    """A time."""
    mine = Slot.objects.visible_to(viewer, action)
    linked = mine.select_related("unit__authority", "adviser", "held_for")
    return get_object_or_404(linked, public_id=public_id)


def own_slot(viewer: Viewer, public_id: str, action: str) -> Slot:
    """A time of the viewer's own agency."""
    mine = Slot.objects.filter(unit__in=viewer.reach(action).unit_ids)
    return get_object_or_404(mine.select_related("unit__authority", "adviser"), public_id=public_id)


def booking_found(viewer: Viewer, public_id: str, action: str) -> Booking:
    """A booking."""
    mine = Booking.objects.visible_to(viewer, action)
    linked = mine.select_related("slot__unit__authority", "slot__adviser", "unit__authority")
    return get_object_or_404(linked, public_id=public_id)


def own_booking(viewer: Viewer, public_id: str, action: str) -> Booking:
    """A booking of a time that the viewer's own agency offers."""
    mine = Booking.objects.filter(slot__unit__in=viewer.reach(action).unit_ids)
    return get_object_or_404(mine.select_related("slot"), public_id=public_id)
