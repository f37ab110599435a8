"""Writes by a school: a time is booked with a question, or given back to the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.models import Account, Assignment, Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.tree import above
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.actions.mailing import mail
from narvaro.web.consultations.actions.telling import tell
from narvaro.web.consultations.anonymous import Found, found_in
from narvaro.web.consultations.models import Answer, Asked, Booking, Slot


def book(
    *,
    slot: Slot,
    unit: Unit,
    purpose: str,
    question: str,
    people: Iterable[tuple[Account, Role]],
    is_sure: bool,
    by: Viewer,
    at: datetime,
) -> Booking:
    """Book a time for a school. `is_sure`: the writer was warned, and says that nobody is named.

    Raises Refused when the time is taken or closed, or when the question says who it is about.
    """
    reason = _checked(question, is_sure=is_sure, by=by)
    try:
        with transaction.atomic():
            kept = Slot.objects.select_for_update(no_key=True).get(pk=slot.pk)
            if not Slot.objects.bookable_by(by).filter(pk=kept.pk).exists():
                raise Refused(_("Tiden går inte att boka längre."))
            made = Booking.objects.create(
                slot=kept,
                unit=unit,
                purpose=purpose,
                question=question,
                booked_by=by.account,
                booked_at=at,
            )
            _ask(made, people, by=by, at=at)
            tell(by, "consultations.book", kept, at, f"unit:{unit.public_id}", reason=reason)
    except IntegrityError:
        raise Refused(_("Någon annan hann boka tiden.")) from None
    return made


def _checked(question: str, *, is_sure: bool, by: Viewer) -> str:
    found = found_in(by, question)
    if Found.NUMBER in found:
        raise Refused(_("Frågan innehåller något som ser ut som ett personnummer. Ta bort det."))
    if found and not is_sure:
        raise Refused(_("Frågan kan säga vem den gäller. Läs igenom den en gång till."))
    return "sure_of_no_name" if found else ""


def _ask(
    made: Booking, people: Iterable[tuple[Account, Role]], *, by: Viewer, at: datetime
) -> None:
    """Enter those who are to come, the booker as coming, and mail them and the adviser."""
    asked = {account.pk: (account, role) for account, role in people}
    for account, role in asked.values():
        comes = account.pk == by.account.pk
        Asked.objects.create(
            booking=made,
            account=account,
            profession=role,
            answer=Answer.COMES if comes else Answer.NONE,
            answered_at=at if comes else None,
        )
    for account, _role in asked.values():
        mail(made, account, "asked", by=by, at=at)
    mail(made, made.slot.adviser, "booked", by=by, at=at)


def take_back(*, booking: Booking, version: int, by: Viewer, at: datetime) -> None:
    """Give a time back: the others can book it at once. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        slot = Slot.objects.select_for_update(no_key=True).get(pk=booking.slot_id)
        kept = locked(Booking.objects.all(), booking.pk, version=version)
        if kept.cancelled_at is not None or slot.starts_at <= at:
            raise Refused(_("Tiden har redan varit eller är redan avbokad."))
        slot.sequence += 1
        slot.version += 1
        slot.save()
        kept.cancelled_at, kept.cancelled_by, kept.slot = at, by.account, slot
        kept.save()
        for one in kept.asked.exclude(account=by.account).select_related("account"):
            mail(kept, one.account, "cancelled", by=by, at=at, is_over=True)
        mail(kept, slot.adviser, "given_back", by=by, at=at, is_over=True)
        tell(by, "consultations.take_back", slot, at)


def staff_to_ask(unit: Unit, viewer: Viewer, roles: Iterable[Role]) -> list[tuple[Account, Role]]:
    """Those of a school who can come, each once, in the first of their roles there."""
    places = [unit, *above(unit, on=viewer.today)]
    serving = Assignment.objects.in_force(viewer.today).filter(
        unit__in=places, role__in=list(roles), account__is_active=True
    )
    found: dict[int, tuple[Account, Role]] = {}
    for one in serving.select_related("account").order_by("account__name", "pk"):
        if one.account is not None:
            found.setdefault(one.account.pk, (one.account, Role(one.role)))
    return list(found.values())
