"""What a line of months shows: its points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from narvaro.shares import Share


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One month: pairs of integers, None where nothing can be told or nothing was due.

    `share` is what the line shows; `coverage` acknowledged of ended minutes; `note` names why
    there are no lessons ("sommarlov").
    """

    month: date
    share: Share | None
    coverage: Share | None
    note: str = ""
