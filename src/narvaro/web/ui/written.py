"""Dates and numbers as people write them, in the language of the page.

No break stands between a day and its month, or between a number and its unit.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from narvaro.shares import Share, share_in_words
from narvaro.timetable import SchoolYear

STOCKHOLM = ZoneInfo("Europe/Stockholm")
HARD, THIN, MINUS = "\u00a0", "\u202f", "\u2212"
Number = int | Decimal | Fraction

_DAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SHORT_DAYS = {
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = {
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni", "juli"),
        *("augusti", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
}


def language() -> Literal["sv", "en"]:
    """The language of the page: Swedish, or English when it was chosen."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def day(when: date) -> str:
    """`tis 15 dec`, for lists."""
    local = _local(when)
    return f"{_SHORT_DAYS[language()][local.weekday()]}{HARD}{day_and_month(local)}"


def day_and_month(when: date) -> str:
    """`15 dec`."""
    local = _local(when)
    return f"{local.day}{HARD}{_MONTHS[language()][local.month - 1][:3]}"


def dated(when: date, today: date) -> str:
    """`18 dec`; with its year when that is not the school year of `today`: `18 dec 2025`."""
    local = _local(when)
    is_this_year = SchoolYear.holding(local) == SchoolYear.holding(today)
    return day_and_month(local) + ("" if is_this_year else f"{HARD}{local.year}")


def day_of_year(when: date) -> str:
    """`tis 15 dec 2026`, for what is kept for years: signed documents, minutes, paper."""
    return f"{day(when)}{HARD}{_local(when).year}"


def dated_day(when: date, today: date) -> str:
    """`tis 15 dec`; with its year when that is not the school year of `today`."""
    is_this_year = SchoolYear.holding(_local(when)) == SchoolYear.holding(today)
    return day(when) if is_this_year else day_of_year(when)


def long_day(when: date) -> str:
    """`tisdag 15 december`, for headings."""
    local = _local(when)
    months, days = _MONTHS[language()], _DAYS[language()]
    return f"{days[local.weekday()]} {local.day}{HARD}{months[local.month - 1]}"


def month(when: date) -> str:
    """`november 2026`."""
    local = _local(when)
    return f"{_MONTHS[language()][local.month - 1]}{HARD}{local.year}"


def moment(when: datetime) -> str:
    """`tis 15 dec kl. 14.10`, in the zone of Stockholm."""
    return f"{day(when.astimezone(STOCKHOLM))} {_clock(when)}"


def moment_of_year(when: datetime) -> str:
    """`tis 15 dec 2026 kl. 14.10`, for what is kept for years."""
    return f"{day_of_year(when.astimezone(STOCKHOLM))} {_clock(when)}"


def _clock(when: datetime) -> str:
    local = when.astimezone(STOCKHOLM)
    return f"kl.{HARD}{local:%H.%M}" if language() == "sv" else f"{local:%H:%M}"


def share(pair: Share | None, limit: Number | None = None) -> str:
    """A share from the core as per cent, never rounded to the wrong side of its limit; `–` if none."""
    limits = [] if limit is None else [Fraction(limit)]
    return share_in_words(pair, language(), *limits).replace(" ", HARD)


def whole(number: int) -> str:
    """`17 700`: thin spaces between thousands, a real minus."""
    return f"{number:,}".replace(",", THIN).replace("-", MINUS)


def minutes(number: int) -> str:
    """`17 700 min`."""
    return f"{whole(number)}{HARD}min"


def number(value: Number, digits: int = 1) -> str:
    """`3,1`: decimals cut, never rounded up; the language's own decimal sign, a real minus."""
    cut = int(abs(Fraction(value)) * 10**digits)
    before, after = divmod(cut, 10**digits)
    point = "," if language() == "sv" else "."
    written = whole(before) + (f"{point}{after:0{digits}}" if digits else "")
    return f"{MINUS}{written}" if value < 0 and cut else written


def exact(value: Decimal) -> str:
    """`93,9`, `93,95`, `94`: as many decimals as there are, none of them a nought at the end."""
    digits = -min(0, int(value.normalize().as_tuple().exponent))
    return number(value, digits)


def signed(value: Number, digits: int = 1) -> str:
    """`+3,1`, `−2,6`, `0,0`: a change, in what it is counted in."""
    written = number(value, digits)
    is_nothing = not written.strip(f"0,.{MINUS}")
    return written if is_nothing or written.startswith(MINUS) else f"+{written}"


def _local(when: date) -> date:
    return when.astimezone(STOCKHOLM).date() if isinstance(when, datetime) else when
