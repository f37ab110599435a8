"""How each key of a form's file is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from narvaro.forms.model import (
    NO_TEXT,
    Column,
    Condition,
    Kind,
    Option,
    Restriction,
    Text,
    Voice,
)

LONGEST_TEXT = 4_000
LONGEST_ANSWER = 20_000
ID = re.compile(r"[a-z][a-z0-9-]{0,59}", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
SOURCE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
Reads = Callable[[object], Any]
Word = TypeVar("Word", bound=StrEnum)


class Wrong(Exception):
    """A value that cannot be used: what is wrong with it, and what to write instead."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


@dataclass(frozen=True)
class Key:
    """One key of a table; `required`, or with the value it has when left out."""

    reads: Reads
    required: bool = False
    default: object = None


def matching(pattern: re.Pattern[str], example: str) -> Reads:
    """Reads a word of a certain shape."""

    def reads(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Wrong("this cannot be an id", f'Write small letters, as in "{example}"')
        return value

    return reads


def plain(value: object) -> str:
    """Reads a text in one language."""
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        raise Wrong("this has to be a text", f'Write it as "...", at most {LONGEST_TEXT} letters')
    return value.strip()


def both(value: object) -> Text:
    """Reads a text in Swedish and English."""
    if not isinstance(value, dict) or set(value) != {"sv", "en"}:
        raise Wrong("this has to be said in Swedish and English", "Write .sv = and .en =")
    return Text(plain(value["sv"]), plain(value["en"]))


def day(value: object) -> date:
    """Reads a date."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Wrong("this has to be a date", "Write it as 2026-08-01, without quotation marks")
    return value


def yes_no(value: object) -> bool:
    """Reads true or false."""
    if not isinstance(value, bool):
        raise Wrong("this has to be true or false", "Write true or false, without quotation marks")
    return value


def whole(lowest: int, highest: int) -> Reads:
    """Reads a whole number between two."""

    def reads(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise Wrong(
                "this has to be a whole number", f"Write one between {lowest} and {highest}"
            )
        return value

    return reads


def word(words: type[Word]) -> Reads:
    """Reads one of a few words."""

    def reads(value: object) -> Word:
        if value not in list(words):
            raise Wrong("this word is not known here", f"One of: {', '.join(words)}")
        return words(str(value))

    return reads


def options(value: object) -> tuple[Option, ...]:
    """Reads a list of `{ id, sv, en }`, with `help_sv` and `help_en` where a line says more."""
    return tuple(_option(one) for one in _tables(value))


def columns(value: object) -> tuple[Column, ...]:
    """Reads a list of `{ id, sv, en, required }`."""
    found = []
    for one in _tables(value):
        required = yes_no(one.get("required", False))
        _only(one, {"id", "sv", "en", "required"})
        found.append(Column(_name(one.get("id")), _said(one), required))
    return tuple(found)


def condition(value: object) -> Condition:
    """Reads `{ field, option }`."""
    if not isinstance(value, dict) or set(value) != {"field", "option"}:
        raise Wrong("this has to name a field and an option", "Write { field = ..., option = ... }")
    return Condition(_name(value["field"]), _name(value["option"]))


def _option(one: Mapping[str, Any]) -> Option:
    _only(one, {"id", "sv", "en", "help_sv", "help_en"})
    help_given = "help_sv" in one or "help_en" in one
    more = both({"sv": one.get("help_sv"), "en": one.get("help_en")}) if help_given else NO_TEXT
    return Option(_name(one.get("id")), _said(one), more)


def _said(one: Mapping[str, Any]) -> Text:
    return both({"sv": one.get("sv"), "en": one.get("en")})


_name = matching(NAME, "in_school")


def _tables(value: object) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
        raise Wrong("this has to be a list", 'Write [{ id = "...", sv = "...", en = "..." }, ...]')
    return value


def _only(one: Mapping[str, Any], known: set[str]) -> None:
    if unknown := set(one) - known:
        raise Wrong(f"there is no key {min(unknown)[:40]!r} here", f"Keys: {sorted(known)}")


FORM: Mapping[str, Key] = {
    "schema": Key(whole(1, 1), required=True),
    "id": Key(matching(ID, "teacher-documentation"), required=True),
    "version": Key(whole(1, 10_000), required=True),
    "valid_from": Key(day, required=True),
    "name": Key(both, required=True),
    "about": Key(both, required=True),
    "restriction": Key(word(Restriction), default=Restriction.ORDINARY),
    "is_about_pupil": Key(yes_no, default=True),
    "most_to_fill": Key(whole(1, 1_000)),
}
SECTION: Mapping[str, Key] = {
    "id": Key(_name, required=True),
    "name": Key(both, required=True),
    "help": Key(both, default=NO_TEXT),
}
FIELD: Mapping[str, Key] = {
    "id": Key(_name, required=True),
    "section": Key(_name, required=True),
    "kind": Key(word(Kind), required=True),
    "label": Key(both, required=True),
    "help": Key(both, default=NO_TEXT),
    "required": Key(yes_no, default=False),
    "restriction": Key(word(Restriction)),
    "prefilled_from": Key(matching(SOURCE, "figures.share"), default=""),
    "words_of": Key(word(Voice), default=Voice.STAFF),
    "max_length": Key(whole(1, LONGEST_ANSWER)),
    "options": Key(options, default=()),
    "columns": Key(columns, default=()),
    "rows": Key(options, default=()),
    "lowest": Key(whole(0, 10), default=1),
    "highest": Key(whole(1, 100), default=5),
    "low": Key(both, default=NO_TEXT),
    "high": Key(both, default=NO_TEXT),
    "needed_when": Key(condition),
}
LETTER: Mapping[str, Key] = {
    "language": Key(matching(LANGUAGE, "sv"), required=True),
    "name": Key(plain, required=True),
    "subject": Key(plain, required=True),
    "body": Key(plain, required=True),
}
