"""What each item shows, asked of those who hold it; and its frozen form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import override

from narvaro.timetable import Language
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.consent.items import Item
from narvaro.web.pupils.models import Pupil
from narvaro.web.ui import written

RECORDED_IN: Language = "sv"
"""A copy is a record of the school authority: in Swedish, whatever language its maker reads."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under a heading, or under the item's own; `headings` and `rows` when it is a table."""

    heading: str
    lines: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What an item shows; `as_of`: until when its figures hold."""

    parts: tuple[Part, ...] = field(default_factory=tuple)
    as_of: datetime | None = None


def written_with_year(when: date) -> str:
    """`2 dec 2026`: a copy is read long after it was made."""
    return f"{written.day_and_month(when)} {when.year}"


Provider = Callable[[Pupil, Case | None, Viewer], Shown | None]
PROVIDERS: dict[Item, list[Provider]] = {}


def offer_item(item: Item, provider: Provider) -> None:
    """Say what an item shows: `provider(pupil, case, viewer)`; None: nothing is there to show.

    The provider gives what the viewer may read and the item's name promises, and no more:
    never a restricted note, nor where a pupil with a protected identity goes to school.
    """
    PROVIDERS.setdefault(item, []).append(provider)


def shown_of(item: Item, pupil: Pupil, case: Case | None, viewer: Viewer) -> Shown | None:
    """What the item shows at this moment; None: there is nothing."""
    with override(RECORDED_IN):
        found = [one(pupil, case, viewer) for one in PROVIDERS.get(item, [])]
    parts = tuple(part for one in found if one is not None for part in one.parts)
    dated = [one.as_of for one in found if one is not None and one.as_of is not None]
    return Shown(parts, min(dated, default=None)) if parts else None


def all_shown(
    items: Iterable[Item], pupil: Pupil, case: Case | None, viewer: Viewer
) -> dict[Item, Shown]:
    """Those of the items that have something to show, in the order of the items."""
    asked = set(items)
    found = {one: shown_of(one, pupil, case, viewer) for one in Item if one in asked}
    return {item: one for item, one in found.items() if one is not None}


def frozen(shown: Shown) -> str:
    """The one way a thing shown is written down."""
    parts = [
        {
            "heading": one.heading,
            "lines": list(one.lines),
            "headings": list(one.headings),
            "rows": [list(row) for row in one.rows],
        }
        for one in shown.parts
    ]
    return json.dumps({"parts": parts}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(item: str, text: str, as_of: datetime | None) -> str:
    """SHA-256 in hex over an item as it is frozen and the moment its figures are of."""
    said = [str(item), text, "" if as_of is None else as_of.astimezone(UTC).isoformat()]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def hash_of_all(shown: Mapping[Item, Shown]) -> str:
    """One hash over everything a preview showed."""
    each = sorted(hash_of(str(item), frozen(one), one.as_of) for item, one in shown.items())
    return hashlib.sha256("".join(each).encode()).hexdigest()


def thawed(content: Mapping[str, Any], as_of: datetime | None) -> Shown:
    """What was frozen, to be shown again."""
    return Shown(
        tuple(
            Part(
                one["heading"],
                tuple(one["lines"]),
                tuple(one["headings"]),
                tuple(tuple(row) for row in one["rows"]),
            )
            for one in content["parts"]
        ),
        as_of,
    )
