"""The sheet for who a disclosure is about: what was told to whom, on what ground, who has looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.rules import coming_of_age
from narvaro.web.disclosures.forms import receiver_in_words
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.disclosures.live import live_items
from narvaro.web.disclosures.models import Disclosure, Looked
from narvaro.web.disclosures.pages import ground_in_words, state_in_words, words_of
from narvaro.web.disclosures.providers.pupil import may_be_told_of
from narvaro.web.pupils.models import Guardian, HeldBack, Pupil
from narvaro.web.pupils.numbers import decrypt

THE_PUPIL = "eleven"


@dataclass(frozen=True, slots=True)
class Look:
    """Who of the receiver looked, and when."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One disclosure on the sheet."""

    receiver: str
    items: Sequence[str]
    ground: str
    purpose: str
    made_at: datetime
    until_on: date
    state: str
    looks: Sequence[Look]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody the sheet can be made for; `key` stands in the address."""

    key: str
    name: str


def readers_of(pupil: Pupil, viewer: Viewer) -> list[Reader]:
    """Who can be given the sheet: the pupil, and until 18 the guardians, but none who is a threat."""
    found = [Reader(THE_PUPIL, _("Eleven"))]
    if is_of_age(pupil, viewer.today):
        return found
    guardians = pupil.guardians.exclude(held_back=HeldBack.THREAT)
    for number, one in enumerate(guardians.order_by("family_name", "given_name", "pk"), 1):
        name = "" if one.is_protected else f"{one.given_name} {one.family_name}".strip()
        found.append(Reader(one.public_id, name or _("Vårdnadshavare %(n)s") % {"n": number}))
    return found


def is_of_age(pupil: Pupil, day: date) -> bool:
    """The pupil has turned 18, as far as is known: guardians are no longer shown anything."""
    return day >= coming_of_age(decrypt(pupil.number_encrypted), today=day).last


def is_careful(pupil: Pupil, reader: Reader) -> bool:
    """Where the receiver lies could lead somebody to who is shielded from them."""
    others = [one for one in pupil.guardians.all() if one.public_id != reader.key]
    return pupil.is_protected or not all(_is_safe(one) for one in others)


def _is_safe(guardian: Guardian) -> bool:
    return may_be_told_of(guardian)


def told_of(pupil: Pupil, reader: Reader, viewer: Viewer) -> list[Told]:
    """Everything that was told of the pupil, the latest first; for this reader's eyes.

    The reasoning of a harm test is not on it: it may be about somebody else.
    """
    is_kept_short = is_careful(pupil, reader)
    found = Disclosure.objects.filter(pupil=pupil, made_at__lte=viewer.now)
    held = live_items(found, viewer.now)
    whole = found.select_related("pupil", "receiver__authority").prefetch_related(
        "items", "looks__account", "looks__unit"
    )
    return [
        Told(
            _receiver(one, is_kept_short=is_kept_short),
            words_of(item.item for item in one.items.all()),
            ground_in_words(one),
            "" if is_kept_short or one.ground == Ground.HARM_TEST else one.purpose,
            one.made_at,
            one.until_on,
            state_in_words(one, held[one.pk]),
            [_look(look, is_kept_short=is_kept_short) for look in one.looks.all()],
        )
        for one in whole.order_by("-made_at", "-pk")
    ]


def _receiver(one: Disclosure, *, is_kept_short: bool) -> str:
    if is_kept_short:
        kind: str = one.receiver.authority.get_kind_display()
        return kind[:1].upper() + kind[1:]
    return receiver_in_words(one.receiver)


def _look(look: Looked, *, is_kept_short: bool) -> Look:
    role = str(look.get_role_display())
    who = role if is_kept_short else f"{look.account.name}, {role}, {look.unit.name}"
    return Look(who, look.at)
