"""What the core says of faults, in Swedish on Swedish pages; `fault_words.toml` holds the words.

The core stays English for the command line. What has no Swedish yet is shown as it is, marked
as English for screen readers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import get_language

PLACE = "{}"


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the language it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A fault for a page: where, what, what to do."""

    table: str
    line: int
    column: str
    problem: Said
    remedy: Said


def fault_row(told: Mapping[str, Any]) -> FaultRow:
    """A fault as `taking.told` keeps it, in the language of the page."""
    problem, remedy = said(told["problem"]), said(told["remedy"])
    return FaultRow(told["table"], told["line"], told["column"], problem, remedy)


def said(text: str) -> Said:
    """The core's text in the language of the page, where there is one."""
    if get_language() == "en" or not text:
        return Said(text, "en")
    swedish = swedish_of(text)
    return Said(text, "en") if swedish is None else Said(swedish, "sv")


def swedish_of(text: str) -> str | None:
    """The Swedish of one of the core's texts, with its numbers and names in place."""
    plain = words().get(text)
    if plain is not None and PLACE not in plain:
        return plain
    for pattern, swedish in _patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            return swedish.replace(PLACE, "%s") % found.groups()
    return None


@cache
def words() -> Mapping[str, str]:
    """English → Swedish, `{}` for what varies."""
    file = resources.files("narvaro.web.deliveries").joinpath("fault_words.toml")
    return tomllib.loads(file.read_text("utf-8"))


@cache
def _patterns() -> Sequence[tuple[re.Pattern[str], str]]:
    return [
        (re.compile("(.{0,500}?)".join(map(re.escape, english.split(PLACE))), re.S), swedish)
        for english, swedish in words().items()
        if PLACE in english
    ]
