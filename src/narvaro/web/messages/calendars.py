"""Calendars that mail programs read (RFC 5545): what is when and where, and a link. Never a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from icalendar import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something with a time, or a deadline on a day.

    `key` names it for ever: the same key with a higher `sequence` replaces it. `title` and `place`
    are words of ours ("Elevhälsomöte", "rum 118"); `path` leads to the page that says more.
    """

    key: str
    title: str
    path: str
    starts_at: datetime | None = None
    minutes: int = 0
    on: date | None = None
    place: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    stamped_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse an event with neither a time nor a day, or with both."""
        if (self.starts_at is None) == (self.on is None):
            raise ValueError("an event has a time or a day")


def invitation(event: Event, *, to: str, organiser: str) -> str:
    """The calendar file of one mail: a request to `to`, or the cancellation of one."""
    from icalendar import vCalAddress

    made = _event(event)
    made["organizer"] = vCalAddress(f"mailto:{organiser}")
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["PARTSTAT"] = "NEEDS-ACTION"
    attendee.params["RSVP"] = "FALSE"  # answers are given on the page
    made.add("attendee", attendee, encode=0)
    calendar = _empty()
    calendar.add("method", "CANCEL" if event.is_cancelled else "REQUEST")
    calendar.add_component(made)
    return str(calendar.to_ical().decode("utf-8"))


def subscription(events: Iterable[Event], *, name: str) -> str:
    """A whole calendar to subscribe to."""
    calendar = _empty()
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval;value=duration", "PT4H")
    for one in events:
        calendar.add_component(_event(one))
    return str(calendar.to_ical().decode("utf-8"))


def _empty() -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Narvaro//Narvaro//SV")
    calendar.add("version", "2.0")
    return calendar


def _event(told: Event):  # type: ignore[no-untyped-def]
    from icalendar import Event as Written

    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    made = Written()
    made.add("uid", f"{told.key}@{host}")
    made.add("dtstamp", (told.stamped_at or datetime.now(UTC)).astimezone(UTC))
    made.add("sequence", told.sequence)
    made.add("summary", told.title)
    made.add("status", "CANCELLED" if told.is_cancelled else "CONFIRMED")
    made.add("class", "PRIVATE")
    if told.starts_at is not None:
        starts = told.starts_at.astimezone(UTC)
        made.add("dtstart", starts)
        made.add("dtend", starts + timedelta(minutes=told.minutes))
    elif told.on is not None:
        made.add("dtstart", told.on)
        made.add("dtend", told.on + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
    if told.place:
        made.add("location", told.place)
    url = f"{settings.PUBLIC_ADDRESS}{told.path}"
    made.add("url", url)
    made.add("description", _("Mer finns i Närvaro: %(url)s") % {"url": url})
    return made
