"""Frozen values for the pages of who discloses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.asking import live_items_of
from narvaro.web.consent.items import Item
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.content import Shown, hash_of, thawed
from narvaro.web.disclosures.forms import receiver_in_words
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.disclosures.live import live_items
from narvaro.web.disclosures.models import Disclosed, Disclosure, Disclosures
from narvaro.web.pupils.models import Pupil


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item with its words, as the receiver reads it. Not `is_whole`: it no longer fits its hash."""

    words: str
    shown: Shown
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A disclosure in a list. `state` in words; `is_live` while something of it can be read."""

    public_id: str
    receiver: str
    items: Sequence[str]
    ground: str
    made_at: datetime
    until_on: date
    state: str
    is_live: bool
    looks: int


@dataclass(frozen=True, slots=True)
class Usable:
    """A consent by which something can be told now."""

    public_id: str
    receiver: str
    items: Sequence[str]
    to_on: date


def words_of(items: Iterable[str]) -> list[str]:
    """The items in words, in their own order."""
    named = set(map(str, items))
    return [str(one.label) for one in Item if str(one) in named]


def as_shown(shown: Mapping[Item, Shown]) -> list[ItemShown]:
    """What a preview shows."""
    return [ItemShown(str(item.label), one) for item, one in shown.items()]


def as_frozen(items: Iterable[Disclosed]) -> list[ItemShown]:
    """What was frozen, as it is shown again."""
    order = {str(one): number for number, one in enumerate(Item)}
    return [
        ItemShown(
            str(Item(one.item).label),
            thawed(one.content, one.as_of),
            hash_of(one.item, one.content_sealed, one.as_of) == one.content_hash,
        )
        for one in sorted(items, key=lambda one: order[one.item])
    ]


def rows_of(found: Disclosures, at: datetime) -> list[Row]:
    """Disclosures as rows, the latest first."""
    held = live_items(found, at)
    whole = found.select_related("receiver__authority").prefetch_related("items", "looks")
    return [_row(one, held.get(one.pk, frozenset())) for one in whole.order_by("-made_at", "-pk")]


def _row(one: Disclosure, live: frozenset[str]) -> Row:
    return Row(
        one.public_id,
        receiver_in_words(one.receiver),
        words_of(item.item for item in one.items.all()),
        ground_in_words(one),
        one.made_at,
        one.until_on,
        state_in_words(one, live),
        bool(live),
        len(one.looks.all()),
    )


def ground_in_words(one: Disclosure) -> str:
    """`Samtycke som häver sekretessen`, `Skyldighet enligt lag: 29 kap. …`."""
    said = str(Ground(one.ground).label)
    words = said[:1].upper() + said[1:]
    return f"{words}: {one.paragraph}" if one.paragraph else words


def state_in_words(one: Disclosure, live: frozenset[str]) -> str:
    """Whether it can be read now, and if not why."""
    if one.is_ended:
        return _("Har upphört: %(why)s") % {"why": one.get_ended_because_display()}
    if not live and one.pupil.is_protected and not one.for_protected:
        return _("Hålls inne: eleven har fått skyddade uppgifter")
    if not live and one.ground == Ground.CONSENT:
        return _("Kan inte läsas: samtycket gäller inte nu")
    if not live:
        return _("Har gått ut")
    if len(live) < one.item_count:
        return _("Kan läsas i en del")
    return _("Kan läsas")


def usable_consents(pupil: Pupil, viewer: Viewer) -> list[Usable]:
    """The pupil's consents that let something through at this moment, with what."""
    asked = Consent.objects.filter(pupil=pupil).in_time(viewer.today)
    found = list(asked.select_related("pupil", "receiver__authority").order_by("to_on", "pk"))
    live = live_items_of(found, at=viewer.now)
    return [
        Usable(one.public_id, receiver_in_words(one.receiver), words_of(live[one.pk]), one.to_on)
        for one in found
        if live.get(one.pk)
    ]
