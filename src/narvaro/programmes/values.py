"""The kinds of value a programme file may hold: how each is read, and how the reference says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import TypeGuard

from narvaro.errors import BadRequest
from narvaro.programmes.model import Ages, CheckDay, Deadline, Rhythm
from narvaro.programmes.roles import ROLES, Text
from narvaro.timetable import GRADES, parse_window

LONGEST_TEXT = 2000
LARGEST_NUMBER = 1_000_000

_DECIMAL = re.compile(r"\d{1,3}(\.\d{1,6})?", re.ASCII)

DEADLINE_WORDS: Mapping[str, str] = {
    "same-day": "on the day of the absence",
    "at-once": "at once, as the law asks of a notification to social services",
    "promptly": "promptly, the law's own word (skyndsamt, snarast), without a number",
    "at-the-run": "when the month-end run is made",
    "next-meeting": "at the next meeting of the team",
    "in-plan": "on the date the plan gives",
}
RHYTHMS: Mapping[str, str] = {
    "days": "every N days, counted from the planned and not the moved date",
    "month": "N times a month",
    "term": "N times a term",
    "half-year": "N times a half-year",
    "school-year": "N times a school year",
}


class Wrong(Exception):
    """A value that cannot be used: what is wrong with it, and what to write instead."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True)
class Kind:
    """`reads` turns a TOML value into ours or raises Wrong; `words` names the kind to a reader."""

    words: str
    reads: Callable[[object], object]
    choices: Mapping[str, str] = field(default_factory=dict)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong("this has to be a text", 'Write it within quotation marks: "..."')
    if len(value) > LONGEST_TEXT or not value.isprintable():
        raise Wrong(
            f"this text is longer than {LONGEST_TEXT} characters or holds control characters",
            "Write it shorter and on one line",
        )
    return value


def _slug(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){0,9}", value):
        raise Wrong("this is not an id", 'Use a to z, digits and single hyphens: "three-months"')
    if len(value) > 60:
        raise Wrong("this id is longer than 60 characters", "Write it shorter")
    return value


def _texts(value: object) -> Text:
    if not isinstance(value, dict) or set(value) != {"sv", "en"}:
        raise Wrong(
            "this has to be said in both languages and no other",
            'Write { sv = "...", en = "..." }',
        )
    return Text(_text(value["sv"]), _text(value["en"]))


def _day(value: object) -> date:
    if type(value) is not date:
        raise Wrong("this has to be a date", "Write it without quotation marks: 2018-01-01")
    if not 1990 <= value.year <= 2100:
        raise Wrong("this date lies outside 1990 to 2100", "Check the year")
    return value


def _yes_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong("this has to be true or false", "Write true or false without quotation marks")
    return value


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_decimal(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(_DECIMAL.fullmatch(value))


def _per_cent(value: object) -> Fraction:
    if not (_is_whole(value) or _is_decimal(value)):
        raise Wrong(
            "this is not an exact per cent",
            'Write a whole number (15) or a decimal within quotation marks ("12.5")',
        )
    share = Fraction(value)
    if not 0 <= share <= 100:
        raise Wrong("a per cent lies between 0 and 100", "Write 15 for 15 %")
    return share


def _limit(value: object) -> Fraction:
    share = _per_cent(value)
    if not share:
        raise Wrong("a limit of 0 % flags every pupil", "Write a limit above 0")
    return share


def _ages(value: object) -> Ages:
    if not isinstance(value, dict) or set(value) != {"from", "to"}:
        raise Wrong("ages are not given as two ages", "Write { from = 13, to = 16 }")
    first, last = value["from"], value["to"]
    if not (_is_whole(first) and _is_whole(last) and 0 <= first <= last <= 30):
        raise Wrong(
            "ages are whole years from 0 to 30, the younger first", "Write { from = 13, to = 16 }"
        )
    return Ages(first, last)


def _window(value: object) -> object:
    try:
        window = parse_window(_text(value))
    except BadRequest as wrong:
        raise Wrong("this is not a window", wrong.remedy.rstrip(".")) from wrong
    if window.has_own_dates:
        raise Wrong("a rule cannot have a window of fixed dates", "Write month, or another name")
    return window


def _check_day(value: object) -> CheckDay:
    found = re.fullmatch(r"(\d{2})-(\d{2})", value, re.ASCII) if isinstance(value, str) else None
    try:
        day = date(2017, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise Wrong("this is not a day of every year", 'Write month and day: "11-30"')
    return CheckDay(day.month, day.day)


def _deadline(value: object) -> Deadline:
    if isinstance(value, str) and value in DEADLINE_WORDS:
        return Deadline(value)
    found = (
        re.fullmatch(r"([1-9]\d{0,2}) (school-days|days)", value, re.ASCII)
        if isinstance(value, str)
        else None
    )
    if not found:
        allowed = ", ".join(f'"{word}"' for word in DEADLINE_WORDS)
        raise Wrong(
            "this is not a deadline", f'Write "10 school-days", "21 days", or one of {allowed}'
        )
    return Deadline(found[2], int(found[1]))


def _rhythm(value: object) -> Rhythm:
    text = value if isinstance(value, str) else ""
    days = re.fullmatch(r"([1-9]\d{0,2}) days", text, re.ASCII)
    times = re.fullmatch(r"([1-9]\d?) per (month|term|half-year|school-year)", text, re.ASCII)
    if days:
        return Rhythm("days", int(days[1]))
    if times:
        return Rhythm(times[2], int(times[1]))
    raise Wrong("this is not a rhythm", 'Write "21 days", "1 per month" or "2 per half-year"')


def nearest(value: object, choices: Iterable[str]) -> str:
    """A remedy that names what is known, and the one of it that was perhaps meant."""
    words = list(choices)
    close = get_close_matches(value[:60], words, n=1) if isinstance(value, str) else []
    known = ", ".join(words) or "none"
    return f"Did you mean {close[0]}? Known: {known}" if close else f"Known: {known}"


def whole(least: int, most: int = LARGEST_NUMBER) -> Kind:
    """A whole number from `least` to `most`."""

    def reads(value: object) -> int:
        if not _is_whole(value):
            raise Wrong("this has to be a whole number", f"Write it as {max(least, 3)}")
        if not least <= value <= most:
            raise Wrong(f"this number lies outside {least} to {most}", "Check the number")
        return value

    top = "" if most == LARGEST_NUMBER else f", at most {most}"
    return Kind(f"whole number, at least {least}{top}", reads)


def word(choices: Mapping[str, str], *, called: str = "word") -> Kind:
    """One of the words that `choices` explains."""

    def reads(value: object) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise Wrong(f"this is no {called} that programmes know", nearest(value, choices))

    return Kind(called, reads, choices)


def listed(kind: Kind) -> Kind:
    """A list of values of one kind, each at most once; a single value need not be in a list."""

    def reads(value: object) -> tuple[object, ...]:
        values = value if isinstance(value, list) else [value]
        found = tuple(kind.reads(each) for each in values)
        if len(set(found)) < len(found):
            raise Wrong("a value stands twice in this list", "Write each value once")
        return found

    return Kind(f"list of: {kind.words}", reads, kind.choices)


TEXT = Kind("text", _text)
SLUG = Kind("id", _slug)
TEXTS = Kind("text in `sv` and `en`", _texts)
DAY = Kind("date", _day)
YES_NO = Kind("true or false", _yes_no)
PER_CENT = Kind("per cent: whole, or decimal in quotation marks", _per_cent)
LIMIT = Kind("per cent above 0: whole, or decimal in quotation marks", _limit)
AGES = Kind("`{ from = ..., to = ... }` in whole years", _ages)
WINDOW = Kind("window", _window)
CHECK_DAY = Kind("month and day as `MM-DD`", _check_day)
DEADLINE = Kind("`N school-days`, `N days` or a word", _deadline, DEADLINE_WORDS)
RHYTHM = Kind("`N days`, or `N per` month, term, half-year or school-year", _rhythm, RHYTHMS)
ROLE = word({role: f"{text.sv}; {text.en}" for role, text in ROLES.items()}, called="role")
GRADE = word(dict.fromkeys(GRADES, ""), called="grade")
