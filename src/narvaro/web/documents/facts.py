"""What was known when a document was begun, as boxes of lines and small bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from narvaro.forms import Field, Kind
from narvaro.timetable import Language
from narvaro.web.documents.models import Document

MOST_BARS = 12
LEAST_TOP = 25.0  # a bar of a few per cent does not look like much


def language() -> Language:
    """The language of the page, where forms are in two."""
    return "en" if get_language() == "en" else "sv"


@dataclass(frozen=True, slots=True)
class Bar:
    """A number drawn, with its label: `y` and `height` of a bar 100 high."""

    label: str
    number: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class FactBox:
    """What was known already: lines of text, or bars."""

    label: str
    lines: Sequence[str] = ()
    bars: Sequence[Bar] = ()


def facts_of(document: Document) -> list[FactBox]:
    """What was known when the document was begun, by its own labels."""
    lang, known = language(), document.prefilled
    return [
        FactBox(one["label"][lang], *drawn(known[one["prefilled_from"]]))
        for one in document.labels["fields"]
        if one["kind"] == Kind.FACT and known.get(one["prefilled_from"])
    ]


def fact_boxes(one: Field, known: Mapping[str, Any], lang: Language) -> Iterable[FactBox]:
    """The fact of a field, when it is known."""
    if one.kind == Kind.FACT and known.get(one.prefilled_from):
        yield FactBox(one.label.to(lang), *drawn(known[one.prefilled_from]))


def drawn(value: Any) -> tuple[Sequence[str], Sequence[Bar]]:
    """Lines of text, or `[label, number]` pairs as bars."""
    if not isinstance(value, list):
        return str(value).split("\n"), ()
    if not all(isinstance(one, list) and len(one) == 2 for one in value):
        return [str(one) for one in value], ()
    pairs = [(str(label), float(number)) for label, number in value[:MOST_BARS]]
    top = max([number for _label, number in pairs] + [LEAST_TOP])
    heights = [round(100 * max(number, 0) / top) for _label, number in pairs]
    return (), [
        Bar(label, f"{number:g}".replace(".", ","), 100 - height, height)
        for (label, number), height in zip(pairs, heights, strict=True)
    ]
