"""Writes about who comes: one's own answer, a colleague instead, and who was there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.actions.mailing import mail
from narvaro.web.consultations.actions.telling import tell
from narvaro.web.consultations.models import Answer, Asked, Booking, Slot


def answer(*, booking: Booking, says: Answer, by: Viewer, at: datetime) -> None:
    """Say for oneself whether one comes. Raises Refused once it has begun: silence stays silence."""
    with transaction.atomic():
        kept = _to_come(booking, at)
        mine = kept.asked.filter(account=by.account)
        if says == Answer.COMES and mine.filter(substitute__isnull=False).exists():
            raise Refused(_("En kollega kommer redan i stället."))
        mine.update(answer=says, answered_at=at)
        tell(by, "consultations.answer", kept.slot, at, f"account:{by.account.public_id}")


def send_another(
    *, booking: Booking, person: Account, role: Role, by: Viewer, at: datetime
) -> Asked:
    """Say that one does not come, and ask a colleague instead. Raises Refused."""
    with transaction.atomic():
        kept = _to_come(booking, at)
        mine = kept.asked.filter(account=by.account).first()
        if mine is None or Asked.objects.filter(stands_in_for=mine).exists():
            raise Refused(_("En kollega kommer redan i stället."))
        if kept.asked.filter(account=person).exists():
            raise Refused(_("Kollegan är redan tillfrågad."))
        mine.answer, mine.answered_at = Answer.DOES_NOT, at
        mine.save(update_fields=["answer", "answered_at"])
        made = Asked.objects.create(
            booking=kept, account=person, profession=role, stands_in_for=mine
        )
        mail(kept, person, "asked", by=by, at=at)
        subjects = [f"account:{by.account.public_id}", f"account:{person.public_id}"]
        tell(by, "consultations.send_another", kept.slot, at, *subjects)
    return made


def _to_come(booking: Booking, at: datetime) -> Booking:
    slot = Slot.objects.select_for_update(no_key=True).get(pk=booking.slot_id)
    kept = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    kept.slot = slot
    is_off = kept.cancelled_at is not None or slot.cancelled_at is not None
    if is_off or slot.starts_at <= at:
        raise Refused(_("Konsultationen har redan börjat eller är inställd."))
    return kept


def note_present(
    *, booking: Booking, people: Mapping[int, bool], version: int, by: Viewer, at: datetime
) -> None:
    """Note who came, everybody at once, by the ids of those asked. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        slot = Slot.objects.select_for_update(no_key=True).get(pk=booking.slot_id)
        kept = locked(Booking.objects.all(), booking.pk, version=version)
        is_off = kept.cancelled_at is not None or slot.cancelled_at is not None
        if is_off or slot.starts_at > at:
            raise Refused(_("Konsultationen har inte varit än, eller är inställd."))
        for one in kept.asked.all():
            if one.pk not in people:
                raise Refused(_("Ange för var och en om den var med."))
            one.was_present, one.noted_by = people[one.pk], by.account
            one.save(update_fields=["was_present", "noted_by"])
        kept.held_at, kept.held_by = kept.held_at or at, by.account
        kept.save()
        tell(by, "consultations.note", slot, at)
