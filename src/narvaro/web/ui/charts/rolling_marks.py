"""What a rolling line shows: its points, the flags, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from narvaro.shares import Share


@dataclass(frozen=True, slots=True)
class RollingPoint:
    """A day's share over the window that ends then; low and high are what it could be."""

    on: date
    share: Share | None
    low: Share | None
    high: Share | None


@dataclass(frozen=True, slots=True)
class FlagMark:
    """A flag at a month's end."""

    on: date
    share: Share


@dataclass(frozen=True, slots=True)
class DoneMark:
    """Something that was done, by its number in the page's list.

    `is_of_month`: on a line of months it stands at its month's point, not at its day.
    """

    on: date
    number: int
    what: str
    is_of_month: bool = False
