"""Times and days as servers write them: RFC 3339, nearly."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Final

from narvaro.sources.ss12000.notices import BadRow

FIRST_YEAR: Final = 1990
FIRST_BIRTH_YEAR: Final = 1900
LAST_YEAR: Final = 2100
FIRST_DAY: Final = date(FIRST_YEAR, 1, 1)
LAST_DAY: Final = date(LAST_YEAR, 12, 31)
_LONGEST = 40


def read_moment(text: object, name: str, *, naive: tzinfo | None) -> tuple[datetime, bool]:
    """Return the moment in UTC, and whether it came without an offset.

    `naive` says how to read a time without one; None refuses it. Raises BadRow.
    """
    found = _parsed(text, name)
    was_naive = found.tzinfo is None
    if was_naive:
        if naive is None:
            raise BadRow(name, "has no offset, and the profile does not say how to read it")
        found = found.replace(tzinfo=naive)
    try:
        moment = found.astimezone(UTC)
    except (OverflowError, ValueError):
        raise BadRow(name, "is outside 1990-2100") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadRow(name, "is outside 1990-2100")
    return moment, was_naive


def read_day(text: object, name: str, *, zone: tzinfo, first_year: int = FIRST_YEAR) -> date:
    """Return a date; of a date with a time, the local one. Raises BadRow."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise BadRow(name, "is not a date")
    try:
        found = date.fromisoformat(text) if len(text) <= 10 else _local_day(text, name, zone)
    except ValueError:
        raise BadRow(name, "is not a date") from None
    if not first_year <= found.year <= LAST_YEAR:
        raise BadRow(name, f"is outside {first_year}-{LAST_YEAR}")
    return found


def written(moment: datetime) -> str:
    """Write a moment for the exchange format: ISO 8601 in UTC with `Z`, one length for all."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _parsed(text: object, name: str) -> datetime:
    if not isinstance(text, str) or not 16 <= len(text) <= _LONGEST:
        raise BadRow(name, "is not a time")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadRow(name, "is not a time") from None


def _local_day(text: str, name: str, zone: tzinfo) -> date:
    found = _parsed(text, name)
    try:
        return (found.astimezone(zone) if found.tzinfo else found).date()
    except OverflowError:
        raise BadRow(name, "is not a date") from None
