"""What somebody wants to disclose, and whether it may be: the same rules before and at the act."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from narvaro.timetable import local_day
from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.consent.items import Item
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.content import Shown, all_shown, hash_of_all
from narvaro.web.disclosures.grounds import LONGEST_DAYS, Ground
from narvaro.web.disclosures.live import PLACES
from narvaro.web.pupils.models import Pupil


class ConsentIsGone(Refused):
    """The consent no longer lets through what was chosen: withdrawn, changed, or over."""


class ContentHasChanged(Refused):
    """What would be sent is no longer what the preview showed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Items about a pupil, to a receiver, on a ground, for a purpose, until a day (included)."""

    pupil: Pupil
    receiver: Unit
    ground: Ground
    items: frozenset[Item]
    purpose: str
    until_on: date
    case: Case | None = None
    consent: Consent | None = None
    paragraph: str = ""
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the receiver will see, and the hash that says that this is what was looked at."""

    shown: Mapping[Item, Shown]
    seen: str


def checked(wish: Wish, live: frozenset[Item], at: datetime) -> None:
    """Raises `Refused` for a wish without its ground or its receiver; `live` is the consent's.

    `ConsentIsGone` when the consent does not let all of it through at the moment.
    """
    if wish.receiver.authority_id == wish.pupil.authority_id:
        raise Refused(_("Välj en mottagare hos en annan myndighet eller huvudman."))
    if not wish.purpose.strip():
        raise Refused(_("Skriv vad uppgifterna ska användas till."))
    if wish.pupil.is_protected and any(one in PLACES for one in wish.items):
        raise Refused(_("Eleven har skyddade uppgifter: skola och klass lämnas aldrig ut."))
    _has_ground(wish, live)
    last = local_day(at) + timedelta(days=LONGEST_DAYS)
    if wish.consent is not None:
        last = min(last, wish.consent.to_on)
    if not local_day(at) <= wish.until_on <= last:
        raise Refused(_("Välj en sista dag inom ett år, och inte efter samtyckets sista dag."))


def _has_ground(wish: Wish, live: frozenset[Item]) -> None:
    if not wish.items:
        raise Refused(_("Välj vad som ska delas."))
    if wish.ground == Ground.DUTY and not wish.paragraph.strip():
        raise Refused(_("Ange lagrummet som säger att uppgifterna ska lämnas ut."))
    if wish.ground == Ground.HARM_TEST and not wish.reasoning.strip():
        raise Refused(_("Skriv varför ingen lider men av att uppgifterna lämnas ut."))
    if wish.ground != Ground.CONSENT:
        return
    consent = wish.consent
    if consent is None or (consent.pupil_id, consent.receiver_id) != (
        wish.pupil.pk,
        wish.receiver.pk,
    ):
        raise Refused(_("Samtycket gäller en annan elev eller en annan mottagare."))
    if not wish.items <= live:
        raise ConsentIsGone(_("Samtycket gäller inte längre för allt som du valde."))


def looked_at(wish: Wish, by: Viewer) -> Preview:
    """What of the wish there is to show at this moment. Raises `Refused` when an item is empty."""
    shown = all_shown(wish.items, wish.pupil, wish.case, by)
    empty = [str(one.label) for one in Item if one in wish.items and one not in shown]
    if empty:
        raise Refused(_("Det finns inget att visa för: %(items)s.") % {"items": ", ".join(empty)})
    said = (
        hash_of_all(shown),
        wish.receiver.public_id,
        wish.pupil.public_id,
        str(wish.pupil.is_protected),
    )
    return Preview(shown, hashlib.sha256(" ".join(said).encode()).hexdigest())
