"""Frozen values for the pages of consultations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.models import Answer, Asked, Booking, Slot
from narvaro.web.consultations.rules import Counts

LATEST = 12


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody asked: the profession, the name, what was said or what became of it."""

    name: str
    profession: str
    said: str
    kind: str
    instead_of: str
    is_self: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A time on the list, with its booking when there is one the viewer may see."""

    slot: Slot
    booking: Booking | None
    state: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SlotPage:
    """One time: what it is, and what the viewer can do about it."""

    slot: Slot
    booking: Booking | None
    people: Sequence[Person]
    is_over: bool
    is_mine: bool
    is_own_agency: bool
    may_book: bool
    may_answer: bool
    may_take_back: bool
    may_cancel: bool
    may_note: bool


def slot_page(viewer: Viewer, slot: Slot) -> SlotPage:
    """The page of a time. A school sees no other school's booking, nor who comes to it."""
    booking = booking_of(viewer, slot)
    asked = [] if booking is None else list(booking.asked.select_related("account"))
    is_over, stands = slot.starts_at <= viewer.now, slot.cancelled_at is None
    is_own_agency = slot.unit_id in viewer.reach("consultations.cancel").unit_ids
    mine = next((one for one in asked if one.account_id == viewer.account.pk), None)
    is_school = (
        booking is not None and booking.unit_id in viewer.reach("consultations.book").unit_ids
    )
    return SlotPage(
        slot=slot,
        booking=booking,
        people=[_person(one, asked, viewer) for one in asked],
        is_over=is_over,
        is_mine=mine is not None,
        is_own_agency=is_own_agency,
        may_book=Slot.objects.bookable_by(viewer).filter(pk=slot.pk).exists(),
        may_answer=mine is not None and stands and not is_over,
        may_take_back=is_school and stands and not is_over,
        may_cancel=is_own_agency and stands and (booking is None or booking.held_at is None),
        may_note=is_own_agency and stands and is_over and booking is not None,
    )


def booking_of(viewer: Viewer, slot: Slot) -> Booking | None:
    """The booking that stands, if the viewer may see it."""
    mine = Booking.objects.visible_to(viewer, "consultations.slot").filter(slot=slot)
    return mine.filter(cancelled_at=None).select_related("unit").first()


def _person(one: Asked, asked: Sequence[Asked], viewer: Viewer) -> Person:
    said, kind = _answered(one)
    names = {other.pk: other.account.name for other in asked}
    instead = names.get(one.stands_in_for_id, "") if one.stands_in_for_id else ""
    return Person(
        one.account.name,
        str(Role(one.profession).label),
        said,
        kind,
        instead,
        one.account_id == viewer.account.pk,
    )


def _answered(one: Asked) -> tuple[str, str]:
    if one.was_present:
        return _("Kom"), "done"
    if one.was_present is False:
        told = one.answer == Answer.DOES_NOT
        return (_("Kom inte, hade sagt till") if told else _("Kom inte, hade inte sagt till")), ""
    return str(Answer(one.answer).label), "done" if one.answer == Answer.COMES else ""


def counts_in_words(counts: Counts) -> str:
    """`2 av 3 kom, 1 uteblev utan att säga till`."""
    said = [_("%(came)d av %(places)d kom") % {"came": counts.came, "places": counts.places}]
    if counts.told:
        said.append(_("%(n)d hade sagt till") % {"n": counts.told})
    if counts.no_shows:
        said.append(_("%(n)d uteblev utan att säga till") % {"n": counts.no_shows})
    return ", ".join(said)
