"""Writes by the adviser's agency: times are offered and cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Account, Unit, on_day
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.actions.mailing import mail
from narvaro.web.consultations.actions.telling import tell
from narvaro.web.consultations.models import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Times that are alike. `starts_at` are their beginnings; days are counted back from each."""

    unit: Unit
    adviser: Account
    starts_at: Sequence[datetime]
    minutes: int = 60
    place_kind: str = "school"
    place: str = ""
    purpose: str = ""
    with_whom: str = ""
    youngest: int = 6
    oldest: int = 18
    held_for: Unit | None = None
    release_days: int = 7
    closes_days: int = 1


def offer(*, offered: Offer, by: Viewer, at: datetime) -> list[Slot]:
    """Offer times. Raises Refused for one that is past, taken, or when the adviser has left."""
    with transaction.atomic():
        made = [_offered(offered, one, by=by, at=at) for one in offered.starts_at]
        for slot in made:
            tell(by, "consultations.offer", slot, at)
    return made


def _offered(offered: Offer, moment: datetime, *, by: Viewer, at: datetime) -> Slot:
    on = moment.astimezone(STOCKHOLM).date()
    if moment <= at:
        raise Refused(_("Tiden har redan varit."))
    if not _serves(offered.adviser, offered.unit, on):
        raise Refused(_("Rådgivaren har inget uppdrag vid enheten den dagen."))
    closes_on = on - timedelta(days=offered.closes_days)
    try:
        with transaction.atomic():
            return Slot.objects.create(
                unit=offered.unit,
                adviser=offered.adviser,
                with_whom=offered.with_whom,
                starts_at=moment,
                on=on,
                minutes=offered.minutes,
                place_kind=offered.place_kind,
                place=offered.place,
                purpose=offered.purpose,
                youngest=offered.youngest,
                oldest=offered.oldest,
                held_for=offered.held_for,
                released_on=min(closes_on, on - timedelta(days=offered.release_days)),
                closes_on=closes_on,
                made_at=at,
                made_by=by.account,
            )
    except IntegrityError:
        raise Refused(_("Rådgivaren har redan en tid då.")) from None


def _serves(adviser: Account, unit: Unit, on: date) -> bool:
    mine = adviser.assignments.filter(on_day(on), role=Role.AGENCY_CONTACT, unit=unit)
    return mine.exists()


def cancel(*, slot: Slot, reason: str, version: int, by: Viewer, at: datetime) -> None:
    """Call a time off, and tell those who had booked it. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        kept = locked(Slot.objects.all(), slot.pk, version=version)
        booking = kept.bookings.filter(cancelled_at=None).first()
        if kept.cancelled_at is not None or (booking is not None and booking.held_at is not None):
            raise Refused(_("Konsultationen är redan hållen eller inställd."))
        kept.cancelled_at, kept.cancelled_by, kept.cancel_reason = at, by.account, reason
        kept.sequence += 1
        kept.save()
        if booking is not None:
            booking.slot = kept
            for one in booking.asked.select_related("account"):
                mail(booking, one.account, "cancelled", by=by, at=at, is_over=True)
        tell(by, "consultations.cancel", kept, at)
