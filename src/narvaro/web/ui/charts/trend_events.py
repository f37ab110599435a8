"""What happened meanwhile, on a line of months: numbered marks on dashed lines."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from narvaro.web.ui.charts.rolling_marks import DoneMark
from narvaro.web.ui.charts.words import short_day

ROW = 20
_CLEAR = 20


@dataclass(frozen=True, slots=True)
class EventMark:
    """Where an event stands: its line's x, the row of its diamond, its number, what it was."""

    x: float
    row: int
    number: int
    says: str


def event_marks(
    events: Iterable[DoneMark], months: Sequence[date], *, left: float, step: float
) -> Sequence[EventMark]:
    """The events in the months that are drawn, each in the first row where it is clear."""
    places = {(month.year, month.month): n for n, month in enumerate(months)}
    ends: list[float] = []
    found = []
    for one in sorted(events, key=lambda event: event.on):
        place = places.get((one.on.year, one.on.month))
        if place is None:
            continue
        days = monthrange(one.on.year, one.on.month)[1]
        part = 0.5 if one.is_of_month else (one.on.day - 0.5) / days
        x = round(left + step * (place + part), 1)
        row = next((n for n, end in enumerate(ends) if x - end > _CLEAR), len(ends))
        ends[row : row + 1] = [x]
        found.append(EventMark(x, row, one.number, in_words(one)))
    return found


def in_words(one: DoneMark) -> str:
    """`tis 3 nov: ny rektor, …`"""
    return f"{short_day(one.on)}: {one.what}"


def of_month(events: Iterable[DoneMark], month: date) -> str:
    """A month's events for its cell in the table."""
    here = (one for one in events if (one.on.year, one.on.month) == (month.year, month.month))
    return "; ".join(f"{one.number}. {in_words(one)}" for one in here)
