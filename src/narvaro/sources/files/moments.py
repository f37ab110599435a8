"""Dates, times and moments by a form such as `D/M YYYY` or `YYYY-MM-DD HH:mm`.

Parts: `YYYY` `YY` `MM` `M` `MMM` (a month's name) `DD` `D` `ddd` (a weekday's name, not used)
`HH` `H` `mm` `ss` `Z` (offset or Z); anything else stands for itself. A date as ISO 8601
(`2026-09-01`) and a time as `08:10` are always read, for that is what spreadsheets hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from narvaro.sources.files.reading_faults import CellUnreadable

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
LONGEST: Final = 60
_PARTS: Final = {
    "YYYY": r"(?P<YYYY>\d{4})",
    "YY": r"(?P<YY>\d{2})",
    "MMM": r"(?P<MMM>[a-zåäö]{3,9})\.?",
    "MM": r"(?P<M>\d{2})",
    "M": r"(?P<M>\d{1,2})",
    "DD": r"(?P<D>\d{2})",
    "D": r"(?P<D>\d{1,2})",
    "ddd": r"(?:må|ti|on|to|fr|lö|sö|mån|tis|ons|tor|tors|fre|lör|sön|(?:mån|tis|ons|tors|fre|lör"
    r"|sön)dag|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\.?",
    "HH": r"(?P<H>\d{2})",
    "H": r"(?P<H>\d{1,2})",
    "mm": r"(?P<m>\d{2})",
    "ss": r"(?P<s>\d{2})(?:\.\d{1,9})?",
    "Z": r"(?P<Z>z|[+-]\d{2}:?\d{2})",
}
PARTS_IN_WORDS: Final = {
    "YYYY": "the year",
    "YY": "the year in two digits",
    "MM": "the month in two digits",
    "M": "the month in one or two digits",
    "MMM": "the month's name in Swedish or English, whole or abbreviated",
    "DD": "the day in two digits",
    "D": "the day in one or two digits",
    "ddd": "the weekday's name, which is not used",
    "HH": "the hour in two digits",
    "H": "the hour in one or two digits",
    "mm": "the minute",
    "ss": "the second",
    "Z": "an offset from UTC, or Z",
}
_TOKEN = re.compile("|".join(sorted(_PARTS, key=len, reverse=True)))
_MONTHS: Final = tuple(
    frozenset(words.split())
    for words in (
        "jan januari january",
        "feb febr februari february",
        "mar mars march",
        "apr april",
        "maj may",
        "jun juni june",
        "jul juli july",
        "aug augusti august",
        "sep sept september",
        "okt oktober oct october",
        "nov november",
        "dec december",
    )
)
_RANGE = re.compile(r"(.+?)\s*(?:-|–|—|till|to)\s*(\d{1,2}[:.]?\d{2})")
ISO_DATE: Final = "YYYY-MM-DD"
CLOCK: Final = "H:mm"
_ISO_MOMENTS: Final = tuple(
    f"YYYY-MM-DD{between}{clock}{offset}"
    for between in ("T", " ")
    for clock in ("HH:mm:ss", "HH:mm")
    for offset in ("Z", "")
)
_CLOCKS: Final = (CLOCK, "H.mm", "HHmm", "H:mm:ss")


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled form: its pattern, and whether it holds a date, a time or both."""

    text: str
    pattern: re.Pattern[str]

    @property
    def has_date(self) -> bool:
        groups = self.pattern.groupindex
        return ("YYYY" in groups or "YY" in groups) and ("M" in groups or "MMM" in groups)

    @property
    def has_time(self) -> bool:
        return "H" in self.pattern.groupindex


@cache
def compiled(form: str) -> Form:
    """The form as a pattern. Raises ValueError with what is wrong in it."""
    parts, place, used = [], 0, set[str]()
    for found in _TOKEN.finditer(form):
        if found[0][0] in used:
            raise ValueError(f"the form has {found[0]} and another part that says the same")
        used.add(found[0][0])
        parts += [_literal(form[place : found.start()]), _PARTS[found[0]]]
        place = found.end()
    result = Form(form, re.compile("".join([*parts, _literal(form[place:])]), re.IGNORECASE))
    if not (result.has_date or result.has_time):
        raise ValueError("the form has neither a date (year, month) nor a time (H)")
    return result


def _literal(text: str) -> str:
    return re.sub(r"(?:\\ )+", r"\\s+", re.escape(text))


def read_date(text: str, *, form: str) -> date:
    """A date in the form, or as ISO 8601; a month alone is its first day. Raises CellUnreadable."""
    groups = _groups(text, (form, ISO_DATE, *_ISO_MOMENTS))
    return _date_of(groups)


def read_time(text: str, *, form: str) -> time:
    """A time of day in the form, or as `8:10`. Raises CellUnreadable."""
    return _time_of(_groups(text, (form, CLOCK, "H:mm:ss")))


def read_times(text: str, *, form: str) -> tuple[time, time]:
    """`08:10–09:30`: when a lesson starts and ends. Raises CellUnreadable."""
    found = _RANGE.fullmatch(_plain(text))
    if not found:
        raise CellUnreadable("the cell is not a span of two times", "Write it as 08:10-09:30.")
    return read_time(found[1], form=form), read_time(found[2], form=form)


def read_moment(text: str, *, form: str, zone: str) -> datetime:
    """A date and time, in UTC; without an offset it is local time in `zone`. CellUnreadable."""
    groups = _groups(text, (form, *_ISO_MOMENTS))
    if "H" not in groups:
        raise CellUnreadable("the cell holds no time", "Map a column with date and time.")
    naive = datetime.combine(_date_of(groups), _time_of(groups))
    offset = groups.get("Z")
    if offset:
        return naive.replace(tzinfo=_offset(offset)).astimezone(UTC)
    return in_utc(naive, zone=zone)


def in_utc(naive: datetime, *, zone: str) -> datetime:
    """Local time as UTC. Raises CellUnreadable for a time that the change of clocks skips."""
    local = naive.replace(tzinfo=ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != naive:
        raise CellUnreadable("the time does not exist: the clocks were put forward over it")
    return moment


def reads_as_date(text: str, form: str) -> date | None:
    """The date under this very form, for the guess; None when the cell has another."""
    found = compiled(form).pattern.fullmatch(_plain(text)) if len(text) <= LONGEST else None
    try:
        return _date_of(found.groupdict()) if found else None
    except CellUnreadable:
        return None


def reads_as_time(text: str, form: str) -> time | None:
    """The time under this very form, for the guess; None when the cell has another."""
    found = compiled(form).pattern.fullmatch(_plain(text)) if len(text) <= LONGEST else None
    try:
        return _time_of(found.groupdict()) if found else None
    except CellUnreadable:
        return None


def clock_form(text: str) -> str | None:
    """The first form of a time of day that fits; None when none does."""
    return next((form for form in _CLOCKS if reads_as_time(text, form)), None)


def _groups(text: str, forms: tuple[str, ...]) -> dict[str, str]:
    if len(text) > LONGEST:
        raise CellUnreadable("the cell is too long for a date or a time")
    plain = _plain(text)
    for form in forms:
        found = compiled(form).pattern.fullmatch(plain)
        if found:
            return {name: value for name, value in found.groupdict().items() if value}
    raise CellUnreadable(
        f"the cell does not have the form {forms[0]}", "Correct it, or set the column's form."
    )


def _plain(text: str) -> str:
    return re.sub(r"[\u00a0\s]+", " ", text).strip()


def _date_of(groups: dict[str, str]) -> date:
    year = int(groups["YYYY"]) if groups.get("YYYY") else _full_year(int(groups["YY"]))
    month = int(groups["M"]) if groups.get("M") else _month(groups["MMM"])
    try:
        day = date(year, month, int(groups.get("D") or 1))
    except ValueError:
        raise CellUnreadable("there is no such day", "Correct the date.") from None
    if not EARLIEST <= day <= LATEST:
        raise CellUnreadable("the date lies outside 1990-2100", "Correct the date.")
    return day


def _full_year(two: int) -> int:
    return 1900 + two if two >= 90 else 2000 + two


def _month(word: str) -> int:
    for number, words in enumerate(_MONTHS, start=1):
        if word.casefold().rstrip(".") in words:
            return number
    raise CellUnreadable("no month has that name")


def _time_of(groups: dict[str, str]) -> time:
    try:
        return time(int(groups["H"]), int(groups.get("m") or 0), int(groups.get("s") or 0))
    except ValueError:
        raise CellUnreadable("there is no such time of day", "Correct the time.") from None


def _offset(text: str) -> timezone:
    if text in "Zz":
        return UTC
    sign = -1 if text[0] == "-" else 1
    try:
        return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
    except ValueError:
        raise CellUnreadable("there is no such offset from UTC") from None
