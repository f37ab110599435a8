"""Voluntary support is offered, and answered; whether anything may be shared is another question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.consent.items import Who
from narvaro.web.consent.models import Reply, SupportOffer
from narvaro.web.pupils.models import Pupil


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """What was offered, by which unit, on which day. Does not print what it holds."""

    unit: Unit
    what: str
    on: date


def offer_support(pupil: Pupil, offer: Offer, *, by: Viewer, at: datetime) -> SupportOffer:
    """Keep that support was offered. Raises Refused for nothing, and for a day to come."""
    if not offer.what.strip():
        raise Refused(_("Skriv vilket stöd som erbjöds."))
    if offer.on > by.today:
        raise Refused(_("Dagen har inte varit än."))
    with transaction.atomic():
        made = SupportOffer.objects.create(
            pupil=pupil,
            unit=offer.unit,
            what=offer.what.strip(),
            offered_on=offer.on,
            offered_by=by.account,
            made_at=at,
        )
        _log("consent.offer_support", made, by=by, at=at)
    return made


def reply_to_support(
    offer: SupportOffer,
    reply: Reply,
    *,
    who: Who | None,
    on: date,
    version: int,
    by: Viewer,
    at: datetime,
) -> None:
    """Keep what was answered; `who` is None when nobody did. Raises ChangedMeanwhile, Refused."""
    if not offer.offered_on <= on <= by.today:
        raise Refused(_("Välj en dag mellan erbjudandet och i dag."))
    if (reply == Reply.NONE) != (who is None) or reply == Reply.WAITING:
        raise Refused(_("Välj svar, och vem som svarade."))
    with transaction.atomic():
        kept = locked(SupportOffer.objects.all(), offer.pk, version=version)
        kept.reply, kept.replied_on, kept.replied_by = reply, on, who or ""
        kept.save()
        _log("consent.reply_to_support", kept, by=by, at=at, reason=reply)


def _log(action: str, one: SupportOffer, *, by: Viewer, at: datetime, reason: str = "") -> None:
    subjects = [f"pupil:{one.pupil.public_id}", f"offer:{one.public_id}"]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects, reason=reason)
