"""The list: a school's own bookings and what it can book; an agency's own times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.attendance import counts_of
from narvaro.web.consultations.models import Answer, Booking, Slot
from narvaro.web.consultations.pages import LATEST, Row, counts_in_words


@dataclass(frozen=True, slots=True)
class ListPage:
    """Times to come that are booked, times that are free, and those that have been."""

    booked: Sequence[Row]
    free: Sequence[Row]
    over: Sequence[Row]
    is_agency: bool


def list_page(viewer: Viewer) -> ListPage:
    """What the viewer's school or agency has, the next first; what has been, the latest first."""
    mine = Booking.objects.visible_to(viewer, "consultations.list").live()
    linked = mine.select_related("slot__unit__authority", "slot__adviser", "unit")
    linked = linked.prefetch_related("asked")
    to_come = linked.filter(slot__starts_at__gt=viewer.now).order_by("slot__starts_at", "pk")
    over = linked.filter(slot__starts_at__lte=viewer.now).order_by("-slot__starts_at", "-pk")
    return ListPage(
        [_booked(one, viewer) for one in to_come],
        [_free(one, viewer) for one in _free_slots(viewer)],
        [_over(one) for one in over[:LATEST]],
        viewer.may("consultations.offer"),
    )


def _free_slots(viewer: Viewer) -> Sequence[Slot]:
    slots = Slot.objects.bookable_by(viewer)
    if viewer.may("consultations.offer"):
        units = viewer.reach("consultations.offer").unit_ids
        slots = Slot.objects.free().filter(unit__in=units, starts_at__gt=viewer.now)
    return list(slots.select_related("unit__authority", "adviser", "held_for"))


def _booked(one: Booking, viewer: Viewer) -> Row:
    own = next((a for a in one.asked.all() if a.account_id == viewer.account.pk), None)
    if own is not None and own.answer == Answer.NONE:
        return Row(one.slot, one, _("Svara om du kommer"), "unknown")
    come = sum(a.answer == Answer.COMES for a in one.asked.all())
    silent = sum(a.answer == Answer.NONE for a in one.asked.all())
    said = _("%(come)d kommer, %(silent)d har inte svarat") % {"come": come, "silent": silent}
    return Row(one.slot, one, said)


def _free(one: Slot, viewer: Viewer) -> Row:
    if viewer.today > one.closes_on:
        return Row(one, None, _("Obokad, tillbaka hos dig"))
    if one.held_for is not None and viewer.today < one.released_on:
        return Row(one, None, _("Sparad för %(school)s") % {"school": one.held_for.name})
    return Row(one, None, _("Ledig"))


def _over(one: Booking) -> Row:
    if one.held_at is None:
        return Row(one.slot, one, _("Inte antecknat vilka som kom"), "unknown")
    return Row(one.slot, one, counts_in_words(counts_of([one])))
