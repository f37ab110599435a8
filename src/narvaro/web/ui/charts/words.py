"""Numbers and days as the charts and their tables write them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import get_language

from narvaro.shares import Share, limit_in_words, share_in_words

NBSP = "\N{NO-BREAK SPACE}"


def language() -> Literal["sv", "en"]:
    """The page's language."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def percent_text(share: Share | None, limit: Fraction | None = None) -> str:
    """`17,5 %`, never on the wrong side of a limit; `–` when there is nothing to share."""
    return share_in_words(share, language(), limit).replace(" %", f"{NBSP}%")


def limit_text(limit: Fraction) -> str:
    """`15 %`, `12,5 %`."""
    return limit_in_words(limit, language()).replace(" %", f"{NBSP}%")


def whole_percent(share: Share) -> int:
    """A share in whole per cent, cut: 94,9 is 94."""
    return share[0] * 100 // share[1]


def minutes_text(minutes: int) -> str:
    """`17 310`, with a real minus."""
    written = f"{abs(minutes):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return f"\N{MINUS SIGN}{written}" if minutes < 0 else written


def short_month(day: date) -> str:
    """`nov`."""
    return date_format(day, "b")


def short_weekday(number: int) -> str:
    """`mån` for 0."""
    return str(WEEKDAYS_ABBR[number])


def short_day(day: date) -> str:
    """`tis 15 dec`."""
    return f"{short_weekday(day.weekday())}{NBSP}{day.day}{NBSP}{short_month(day)}"


def day_text(day: date) -> str:
    """`15 december 2026`."""
    month = date_format(day, "F")
    written = month.lower() if language() == "sv" else month
    return f"{day.day}{NBSP}{written}{NBSP}{day.year}"
