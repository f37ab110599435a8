"""The day a question is asked for, and the moment up to which things are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from narvaro.errors import BadRequest
from narvaro.timetable.periods import Month

ZONE = ZoneInfo("Europe/Stockholm")
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The exchange format refuses other years."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})", re.ASCII
)
_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class At:
    """The day a window is asked at; `is_month` when only a month was said (then its last day)."""

    day: date
    is_month: bool = False

    @property
    def month(self) -> Month:
        return Month.holding(self.day)

    def __str__(self) -> str:
        return str(self.month) if self.is_month else self.day.isoformat()


def parse_at(text: str) -> At:
    """`2017-12` (its last day) or `2017-12-15`. Raises BadRequest for anything else."""
    found = _MONTH.fullmatch(text)
    if found and 1 <= int(found[2]) <= 12 and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return At(Month.of(int(found[1]), int(found[2])).last_day, is_month=True)
    day = read_day(text)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadRequest(
            "That is not a month or a day that can be asked about.",
            remedy=f"Write 2017-12 or 2017-12-15, between {FIRST_YEAR} and {LAST_YEAR}.",
        )
    return At(day)


def parse_known_at(text: str, *, zone: ZoneInfo = ZONE) -> datetime:
    """The moment (in UTC, inclusive) up to which things are taken as known.

    A date means the end of that local day; a time must carry its offset or `Z`. Raises BadRequest.
    """
    day = read_day(text)
    if day is not None:
        return end_of_day(day, zone=zone)
    try:
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    without_offset = _CLOCK.fullmatch(text) and not _MOMENT.fullmatch(text)
    raise BadRequest(
        "That time has no offset, so it names no moment."
        if without_offset
        else "That is not a date or a time.",
        remedy="Write a date (2017-12-31, the end of that day in Sweden) or a time with its "
        "offset (2017-12-31T08:00:00+01:00, or Z for UTC).",
    )


def read_day(text: str) -> date | None:
    """A date written `YYYY-MM-DD`, or None."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def end_of_day(day: date, *, zone: ZoneInfo = ZONE) -> datetime:
    """The last microsecond of the local day, in UTC."""
    return datetime.combine(day, time.max, tzinfo=zone).astimezone(UTC)


def local_day(moment: datetime, *, zone: ZoneInfo = ZONE) -> date:
    """The local day of an aware moment: 22:30Z on 30 June is 1 July in Sweden."""
    return moment.astimezone(zone).date()
