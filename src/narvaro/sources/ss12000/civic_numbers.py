"""Personal numbers in one form, so that the same person gets the same key from every source."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_FORM: Final = re.compile(
    r"(?P<century>\d{2})?(?P<day>\d{6})(?P<mark>[-+ ]?)(?P<last>\d{4}|[A-Z]{2}\d{2}|[A-Z]\d{3})",
    re.ASCII,
)
_TWELVE: Final = re.compile(r"\d{8}(\d{4}|[A-Z]{2}\d{2}|[A-Z]\d{3})", re.ASCII)


def normalised(text: object, *, born_on: date | None, today: date) -> tuple[str, str] | None:
    """Return kind (`civic`, or `temporary` for numbers with letters) and the twelve characters.

    A number of ten gets its century from the birth date where its year agrees, else the latest
    that is not after `today`, a hundred years earlier with `+`. Coordination numbers keep their
    day plus 60. None for anything else. Whether the day exists is not asked: invented numbers
    are made impossible on purpose.
    """
    found = _FORM.fullmatch(text.strip().upper()) if isinstance(text, str) else None
    if found is None:
        return None
    century = found["century"] or _century(found, born_on=born_on, today=today)
    value = f"{century}{found['day']}{found['last']}"
    return ("civic" if found["last"].isdigit() else "temporary"), value


def birth_date_in(value: str) -> date | None:
    """Return the birth date that twelve characters hold, if it exists."""
    if not _TWELVE.fullmatch(value):
        return None
    year, month, day = int(value[:4]), int(value[4:6]), int(value[6:8])
    try:
        return date(year, month, day - 60 if day > 60 else day)
    except ValueError:
        return None


def _century(found: re.Match[str], *, born_on: date | None, today: date) -> str:
    year = found["day"][:2]
    if born_on is not None and f"{born_on.year % 100:02d}" == year:
        return f"{born_on.year // 100:02d}"
    this = today.year // 100
    latest = this if int(year) <= today.year % 100 else this - 1
    return f"{latest - (found['mark'] == '+'):02d}"
