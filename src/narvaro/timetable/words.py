"""Periods in plain Swedish and English, for the reasons of flags and for reports."""

from __future__ import annotations

from datetime import date
from typing import Literal

from narvaro.timetable.periods import Month, Period
from narvaro.timetable.school_years import SchoolYear
from narvaro.timetable.windows import Window

Language = Literal["sv", "en"]

MONTHS: dict[Language, tuple[str, ...]] = {
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


WINDOWS: dict[Language, dict[str, tuple[str, str]]] = {
    "sv": {
        "rolling-months": ("en kalendermånad", "{} kalendermånader i följd"),
        "month": ("en kalendermånad", ""),
        "term": ("terminen", ""),
        "school-year": ("läsåret", ""),
        "school-days": ("den senaste skoldagen", "de senaste {} skoldagarna"),
        "week": ("en vecka", ""),
    },
    "en": {
        "rolling-months": ("a calendar month", "{} calendar months on end"),
        "month": ("a calendar month", ""),
        "term": ("the term", ""),
        "school-year": ("the school year", ""),
        "school-days": ("the last school day", "the last {} school days"),
        "week": ("a week", ""),
    },
}
"""What each window holds: when it counts one, and when it counts more."""


def month_name(month: int, language: Language) -> str:
    """The name of month 1 to 12."""
    return MONTHS[language][month - 1]


def day_in_words(day: date, language: Language) -> str:
    """`30 november 2017`, `30 November 2017`."""
    return f"{day.day} {month_name(day.month, language)} {day.year}"


def period_in_words(period: Period, language: Language) -> str:
    """The shortest plain wording that names exactly these days.

    `läsåret 2017/18`, `november 2017`, `september–november 2017`, `4 september 2017`,
    `4 september 2017–15 oktober 2017`.
    """
    if period == SchoolYear.holding(period.from_on).period:
        year = SchoolYear.holding(period.from_on)
        return f"läsåret {year}" if language == "sv" else f"the school year {year}"
    if _is_whole_months(period):
        return _months(period.months(), language)
    ends = dict.fromkeys((period.from_on, period.to_on))
    return "–".join(day_in_words(day, language) for day in ends)


def window_in_words(window: Window, language: Language) -> str:
    """What a window holds: `3 kalendermånader i följd`, `the term`."""
    if window.dates:
        return period_in_words(window.dates, language)
    one, many = WINDOWS[language][window.kind]
    return many.format(window.count) if window.count > 1 else one


def _is_whole_months(period: Period) -> bool:
    months = period.months()
    return period == Period(months[0].first_day, months[-1].last_day)


def _months(months: tuple[Month, ...], language: Language) -> str:
    first, last = months[0].first_day, months[-1].first_day
    end = f"{month_name(last.month, language)} {last.year}"
    if first == last:
        return end
    year = "" if first.year == last.year else f" {first.year}"
    return f"{month_name(first.month, language)}{year}–{end}"
