"""Numbers and days as the charts write them: `ui.written`, and what only a chart needs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from narvaro.shares import Share, limit_in_words
from narvaro.web.ui import written

percent_text = written.share
minutes_text = written.whole
short_day = written.day


def limit_text(limit: Fraction) -> str:
    """`15 %`, `12,5 %`."""
    return limit_in_words(limit, written.language()).replace(" ", written.HARD)


def whole_percent(share: Share) -> int:
    """A share in whole per cent, cut: 94,9 is 94."""
    return share[0] * 100 // share[1]


def short_month(day: date) -> str:
    """`nov`."""
    return written.day_and_month(day).partition(written.HARD)[2]


def short_weekday(number: int) -> str:
    """`mån` for 0."""
    monday = date(2024, 1, 1)
    return written.day(date.fromordinal(monday.toordinal() + number)).partition(written.HARD)[0]
