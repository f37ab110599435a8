"""What apps above offer to mail: reminders, things in calendars, and who is behind a key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.messages.calendars import Event


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a mail of many: a count in words, and a path to it. No name of anything."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody outside who can get a letter. `address` is empty when none is known.

    `paper_name` is what may stand on a letter on paper; empty when none may be printed. Who is
    `held_back` ("threat", "shielded") gets no letter at all.
    """

    name: str
    address: str
    language: str = "sv"
    is_protected: bool = False
    paper_name: str = ""
    held_back: str = ""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """One letter to draw: what it is about (`kind` of its maker's), and whose name stands on it."""

    kind: str
    about: str
    language: str
    subject: str
    body: str
    name: str
    postal: str = ""
    is_protected: bool = False


Drawer = Callable[[Sequence[OnPaper], datetime], bytes]
Quiet = Callable[[Viewer, date], bool]
LineProvider = Callable[[Viewer], Iterable[Line]]
EventProvider = Callable[[Viewer], Iterable[Event]]
Finder = Callable[[Viewer | None, str], Receiver | None]
PathStart = Callable[[], str]

REMINDERS: list[LineProvider] = []
CALENDAR: list[EventProvider] = []
QUIET: list[Quiet] = []
RECEIVERS: dict[str, Finder] = {}
DRAWERS: list[Drawer] = []
SECRET_PATHS: list[PathStart] = []


def offer_reminders(provider: LineProvider) -> None:
    """Register what a viewer is reminded of today; in the active language.

    All that is offered to a person goes in one mail a day, and in the weekly mail on its day.
    """
    REMINDERS.append(provider)


def offer_calendar(provider: EventProvider) -> None:
    """Register what stands in a viewer's subscribed calendar: meetings and deadlines, no names."""
    CALENDAR.append(provider)


def offer_quiet(is_quiet: Quiet) -> None:
    """Register who knows the days on which a viewer is left in peace: those without school."""
    QUIET.append(is_quiet)


def is_quiet_for(viewers: Sequence[Viewer], day: date) -> bool:
    """Somebody is left in peace on a day: in every role of theirs."""
    return bool(QUIET and viewers) and all(any(one(v, day) for one in QUIET) for v in viewers)


def is_first_day_of_week(viewers: Sequence[Viewer], day: date) -> bool:
    """Somebody's week begins on a day: it is not quiet, and every day of the week before it was."""
    before = (day - timedelta(days=n) for n in range(1, day.weekday() + 1))
    return not is_quiet_for(viewers, day) and all(is_quiet_for(viewers, one) for one in before)


def offer_receivers(kind: str, find: Finder) -> None:
    """Register who knows the people behind keys `KIND:ID`.

    `find(viewer, id)` gives None for whoever is not in the viewer's scope; with None for the
    viewer (mail that leaves) everybody is found who is still there.
    """
    RECEIVERS[kind] = find


def offer_paper(draw: Drawer) -> None:
    """Register who draws letters on paper: one file of them all."""
    DRAWERS[:] = [draw]


def offer_secret_paths(start: PathStart) -> None:
    """Register what the paths of links begin with that only the receiver of a mail may follow."""
    SECRET_PATHS.append(start)


def without_secrets(text: str) -> str:
    """A mail as somebody else may read it: what follows the start of such a path is left out."""
    for start in SECRET_PATHS:
        path = start()
        text = re.sub(rf"(?<={re.escape(path)})\S+", "…", text)
    return text


def receiver_of(viewer: Viewer | None, key: str) -> Receiver | None:
    """Who is behind an opaque key, as the viewer may know it."""
    kind, _colon, name = key.partition(":")
    find = RECEIVERS.get(kind)
    return None if find is None else find(viewer, name)


def events_of(viewer: Viewer) -> list[Event]:
    """Everything in a viewer's calendar."""
    return [event for provider in CALENDAR for event in provider(viewer)]
