"""What consultations offer: menu, work queue, calendar, reminders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.timetable import local_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.actions.mailing import event_of
from narvaro.web.consultations.models import Answer, Asked, Booking, Slot
from narvaro.web.messages.calendars import Event
from narvaro.web.messages.registry import Line, offer_calendar, offer_reminders
from narvaro.web.ui.registry import (
    MenuItem,
    Panel,
    QueueGroup,
    QueueRow,
    offer_home_panels,
    offer_menu,
    offer_queue,
)
from narvaro.web.ui.written import moment

KEPT_IN_CALENDAR = timedelta(days=60)
SOON = timedelta(days=1)
"""Who has not answered is reminded from the day before, and so is who comes."""


def fill() -> None:
    """Called once, at the start."""
    offer_menu(42, _menu)
    offer_home_panels(_panel)
    offer_queue(_to_answer)
    offer_queue(_to_note)
    offer_calendar(_calendar)
    offer_reminders(_reminders)


def _menu(viewer: Viewer) -> Iterable[MenuItem]:
    if viewer.may("consultations.list"):
        yield MenuItem("consultations", _("Konsultationer"), reverse("consultations"))


def _panel(viewer: Viewer) -> Iterator[Panel]:
    """The way to the counts for those who have no list of consultations."""
    if viewer.may("consultations.attendance") and not viewer.may("consultations.list"):
        yield Panel("consultations", _("Konsultationer"), "consultations/home_panel.html")


def _asked(viewer: Viewer) -> QuerySet[Asked]:
    """The viewer's own invitations to what is still to come, at schools of the authority."""
    mine = Asked.objects.filter(
        account=viewer.account,
        booking__in=Booking.objects.visible_to(viewer, "consultations.answer").live(),
        booking__slot__starts_at__gt=viewer.now,
    )
    return mine.select_related("booking__slot").order_by("booking__slot__starts_at", "pk")


def _to_answer(viewer: Viewer) -> Iterator[QueueRow]:
    if not viewer.may("consultations.answer"):
        return
    for one in _asked(viewer).filter(answer=Answer.NONE):
        slot = one.booking.slot
        yield _row(slot, "answer", QueueGroup.NEW, _("Du är kallad."), _("Svara om du kommer"))


def _to_note(viewer: Viewer) -> Iterator[QueueRow]:
    """Consultations of one's own that have been: who came is not noted yet."""
    if not viewer.may("consultations.note"):
        return
    reach = viewer.reach("consultations.note").unit_ids
    been = Booking.objects.live().filter(
        held_at=None, slot__unit__in=reach, slot__starts_at__lte=viewer.now
    )
    for one in been.filter(slot__adviser=viewer.account).select_related("slot"):
        why = _("Det är inte antecknat vilka som kom.")
        yield _row(one.slot, "note", QueueGroup.THIS_WEEK, why, _("Anteckna vilka som kom"))


def _row(slot: Slot, kind: str, group: QueueGroup, why: str, verb: str) -> QueueRow:
    return QueueRow(
        key=f"consultation {slot.public_id} {kind}",
        group=group,
        title=_("Konsultation %(when)s") % {"when": moment(slot.starts_at)},
        why=why,
        verb=verb,
        url=reverse("consultation", args=[slot.public_id]),
        due_on=slot.on,
    )


def _calendar(viewer: Viewer) -> Iterator[Event]:
    """What the viewer comes to, and the booked times the viewer advises at."""
    if not viewer.may("consultations.slot"):
        return
    near = Booking.objects.visible_to(viewer, "consultations.slot").live()
    near = near.filter(slot__starts_at__gte=viewer.now - KEPT_IN_CALENDAR).select_related("slot")
    declined = Asked.objects.filter(account=viewer.account, answer=Answer.DOES_NOT)
    asked = near.filter(asked__account=viewer.account).exclude(asked__in=declined)
    advises = near.filter(slot__adviser=viewer.account)
    for one in sorted({*asked, *advises}, key=lambda booking: booking.pk):
        yield event_of(one.slot)


def _reminders(viewer: Viewer) -> Iterator[Line]:
    """Consultations of today and tomorrow, for those who come or have not answered."""
    if not viewer.may("consultations.answer"):
        return
    near = viewer.today + SOON
    asked = _asked(viewer).exclude(answer=Answer.DOES_NOT)
    soon = [one for one in asked if local_day(one.booking.slot.starts_at) <= near]
    if soon:
        said = ngettext(
            "%(n)d konsultation i dag eller i morgon",
            "%(n)d konsultationer i dag eller i morgon",
            len(soon),
        )
        yield Line(said % {"n": len(soon)}, reverse("consultations"))
