"""Numbers, shares and dates as readers meet them: decimal comma, thin spaces, a real minus.

All spaces inside are unbreakable, so that a number keeps its sign and its unit on its line.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from narvaro.shares import bare_limit_in_words, percent_in_words, share_of
from narvaro.timetable import ZONE, Language, Month, Period, month_name

NBSP = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SHORT_DAYS: dict[Language, tuple[str, ...]] = {
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def show_count(count: int, lang: Language = "sv") -> str:
    """12 345 in Swedish, 12,345 in English; a real minus before what is below zero."""
    digits = f"{abs(count):,}".replace(",", THIN if lang == "sv" else ",")
    return f"{MINUS if count < 0 else ''}{digits}"


def show_share(
    numerator: int,
    denominator: int,
    *,
    limit: Fraction | int | None = None,
    lang: Language = "sv",
) -> str:
    """The share in per cent as it is shown everywhere: cut to one decimal, on its limit's side.

    14.996 % is shown as 14,9 %, and 15.002 % of a limit of 15 as 15,002 %. Without a denominator
    there is no share, and the answer is a dash.
    """
    shown = percent_in_words(
        share_of(numerator, denominator), lang, *([] if limit is None else [Fraction(limit)])
    )
    return shown if shown == DASH else f"{shown}{percent_sign(lang)}"


def percent_sign(lang: Language) -> str:
    return f"{NBSP}%" if lang == "sv" else "%"


def _with_decimal(tenths: int, lang: Language) -> str:
    whole, rest = divmod(abs(tenths), 10)
    sign = MINUS if tenths < 0 else ""
    return f"{sign}{show_count(whole, lang)}{',' if lang == 'sv' else '.'}{rest}"


def show_points(now: Fraction | None, before: Fraction | None, lang: Language = "sv") -> str:
    """The change between two shares in percentage points: +3,1, −5,0, 0,0; a dash if unknown."""
    if now is None or before is None:
        return DASH
    change = (now - before) * 100
    tenths = int(abs(change) * 10 + Fraction(1, 2))
    if not tenths:
        return _with_decimal(0, lang)
    return f"{MINUS if change < 0 else '+'}{_with_decimal(tenths, lang)}"


def show_percent(percent: Fraction, lang: Language = "sv") -> str:
    """A limit as it was set: 15 %, 12,5 %."""
    return f"{bare_limit_in_words(percent, lang)}{percent_sign(lang)}"


def show_minutes(minutes: int, lang: Language = "sv") -> str:
    return f"{show_count(minutes, lang)}{NBSP}min"


def short_month(month: Month, lang: Language = "sv") -> str:
    """okt, Oct."""
    return month_name(month.first_day.month, lang)[:3]


def long_month(month: Month, lang: Language = "sv") -> str:
    """november 2026, November 2026."""
    return f"{month_name(month.first_day.month, lang)}{NBSP}{month.first_day.year}"


def short_day(day: date, lang: Language = "sv") -> str:
    """tis 15 dec, Tue 15 Dec."""
    name = _SHORT_DAYS[lang][day.weekday()]
    return f"{name}{NBSP}{day.day}{NBSP}{month_name(day.month, lang)[:3]}"


def long_day(day: date, lang: Language = "sv") -> str:
    """tisdag 15 december, Tuesday 15 December."""
    name = WEEKDAYS[lang][day.weekday()]
    return f"{name} {day.day}{NBSP}{month_name(day.month, lang)}"


def day_and_year(day: date, lang: Language = "sv") -> str:
    """15 dec 2026, 15 Dec 2026."""
    return f"{day.day}{NBSP}{month_name(day.month, lang)[:3]}{NBSP}{day.year}"


def days_between(period: Period, lang: Language = "sv") -> str:
    """1 sep-30 nov 2026 with an en dash; both years when they differ."""
    first, last = period.from_on, period.to_on
    end = day_and_year(last, lang)
    if first == last:
        return end
    start = day_and_year(first, lang)
    if first.year == last.year:
        start = start.removesuffix(f"{NBSP}{first.year}")
    return f"{start}{DASH}{end}"


def moment(at: datetime, lang: Language = "sv") -> str:
    """tis 1 dec kl. 16.30, Tue 1 Dec 16:30, in Swedish time."""
    local = at.astimezone(ZONE)
    return f"{short_day(local.date(), lang)} {clock(local, lang)}"


def moment_and_year(at: datetime, lang: Language = "sv") -> str:
    """1 dec 2026 kl. 16.30, 1 Dec 2026 16:30, in Swedish time."""
    local = at.astimezone(ZONE)
    return f"{day_and_year(local.date(), lang)} {clock(local, lang)}"


def clock(local: datetime, lang: Language = "sv") -> str:
    return f"kl.{NBSP}{local:%H.%M}" if lang == "sv" else f"{local:%H:%M}"


def hours(start: datetime, end: datetime, lang: Language = "sv") -> str:
    """08.10-09.00 with an en dash, in Swedish time."""
    form = "%H.%M" if lang == "sv" else "%H:%M"
    return f"{start.astimezone(ZONE):{form}}{DASH}{end.astimezone(ZONE):{form}}"
