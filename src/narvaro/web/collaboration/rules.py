"""The clock of a call: calendar days from the day it was made, and nothing pauses it.

Source: the agreements on coordinated planning of Västra Götaland say that a meeting is held within
three weeks of the call; the number of days itself is the call's own, from the programme.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from narvaro.web.accounts.clock import STOCKHOLM

DAYS = 21
"""The days of a call when a programme says nothing else: three weeks."""


def last_day(called_on: date, days: int) -> date:
    """The last day a meeting can be held on and still be within the time."""
    return called_on + timedelta(days=days)


def holds(starts_at: datetime, last: date) -> bool:
    """A meeting at this moment is within the time: its local day is the last day or before."""
    return starts_at.astimezone(STOCKHOLM).date() <= last


def last_that_holds(times: Iterable[datetime], last: date) -> datetime | None:
    """The latest of the proposed times that is within the time; None when none is."""
    return max((one for one in times if holds(one, last)), default=None)
