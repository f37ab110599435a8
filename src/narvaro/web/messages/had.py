"""Who had which letter: what was sent off about somebody, for those who follow them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from narvaro.web.messages.letter_pages import state_in_words
from narvaro.web.messages.models import Delivery, Letter


@dataclass(frozen=True, slots=True)
class HadLetter:
    """A letter that was sent off: when, what it is called, and `(receiver, how far)` of each."""

    at: datetime
    title: str
    receivers: Sequence[tuple[str, str]]
    is_undone: bool


def letters_about(about: str, *, until: datetime) -> list[HadLetter]:
    """What was sent off about an opaque key by a moment, the latest first. Never what it says."""
    rows = Delivery.objects.filter(about=about, letter__released_at__lte=until)
    by_letter: dict[Letter, list[Delivery]] = {}
    for one in rows.select_related("letter", "mail").order_by("-letter__released_at", "pk"):
        by_letter.setdefault(one.letter, []).append(one)
    return [
        HadLetter(
            letter.released_at,
            letter.title,
            [(one.receiver, state_in_words(one)) for one in few],
            letter.undone_at is not None,
        )
        for letter, few in by_letter.items()
        if letter.released_at is not None
    ]
