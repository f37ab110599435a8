"""Numbers and days as pages of figures write them: Swedish or English, never rounded over a limit."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.utils.translation import get_language

from narvaro.shares import Share, share_in_words
from narvaro.timetable import Language, month_name

NBSP, MINUS, THIN = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}", "\N{NARROW NO-BREAK SPACE}"
_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_SHORT_SWEDISH = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")  # fmt: skip


def language() -> Language:
    """The page's language."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def percent(share: Share | None, limit: Fraction | None = None) -> str:
    """`15,8 %` with a space that does not break, on its own side of a limit; `–` for nothing."""
    return share_in_words(share, language(), limit).replace(" ", NBSP)


def points(now: Share | None, before: Share | None) -> str:
    """The change in percentage points with its sign: `+3,1`, `−5,0`; `–` where either is unknown."""
    if now is None or before is None:
        return "–"
    change = (Fraction(*now) - Fraction(*before)) * 100
    tenths = round(abs(change) * 10)
    sign = "" if not tenths else MINUS if change < 0 else "+"
    text = f"{sign}{tenths // 10}.{tenths % 10}"
    return text.replace(".", ",") if language() == "sv" else text


def count(number: int) -> str:
    """`3 874`, `3,874`."""
    return f"{number:,}".replace(",", THIN) if language() == "sv" else f"{number:,}"


def short_day(day: date, *, with_weekday: bool = False) -> str:
    """`4 dec`, `tis 15 dec`."""
    name = month_name(day.month, language())
    short = _SHORT_SWEDISH[day.month - 1] if language() == "sv" else name[:3]
    text = f"{day.day}{NBSP}{short}"
    return f"{_WEEKDAYS[language()][day.weekday()]}{NBSP}{text}" if with_weekday else text
