"""The time of a request: the clock's, or in the demo the day that was chosen."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY_IN_SESSION = "demo_day"
_BEGAN = datetime.now(UTC)


def now_of(request: HttpRequest) -> datetime:
    """The moment it is, UTC. In the demo: the chosen day at the clock's time of day.

    Where the demo has an hour of its own, its clock began at that hour when the application did.
    """
    clock = datetime.now(UTC)
    day = demo_day(request)
    if day is None:
        return clock
    begins: time | None = settings.CLOCK
    if begins is not None:
        return datetime.combine(day, begins, STOCKHOLM).astimezone(UTC) + (clock - _BEGAN)
    return datetime.combine(day, clock.astimezone(STOCKHOLM).time(), STOCKHOLM).astimezone(UTC)


def demo_day(request: HttpRequest) -> date | None:
    """The day chosen in this browser, or at the start; never outside the demo."""
    if not settings.DEMO:
        return None
    chosen = request.session.get(DAY_IN_SESSION)
    return date.fromisoformat(chosen) if chosen else settings.TODAY


def today_of(request: HttpRequest) -> date:
    """The local day of `now_of`."""
    return now_of(request).astimezone(STOCKHOLM).date()


def end_of(day: date) -> datetime:
    """The last moment of a local day."""
    return datetime.combine(day, time.max, STOCKHOLM)
