"""What apps offer to the pages that gather; filled by `config.offers` at the start.

`viewer` is an `accounts.Viewer`; the registry itself knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class QueueGroup(StrEnum):
    """The parts of the work queue, in the order they stand."""

    LATE = "late"
    NEW = "new"
    THIS_WEEK = "this_week"
    LATER = "later"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One thing to do: what and whom, why, by when, one verb and where it leads.

    `when` stands under the date: "9 skoldagar kvar", "1 skoldag sen".
    """

    key: str
    group: QueueGroup
    title: str
    why: str
    verb: str
    url: str
    due_on: date | None = None
    when: str = ""


class Part(StrEnum):
    """The order of a pupil's page: what happened, what we know, what we will do."""

    HAPPENED = "happened"
    KNOWN = "known"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel that an app offers: a template and what it shows. `width` in columns of 12."""

    key: str
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    width: int = 12


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A place in the main menu; `count` is what waits for the viewer."""

    key: str
    label: str
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far the figures of a page can be trusted, said before the first of them.

    Shares are pairs of integers (minutes, lessons); None: nothing is due yet. `until` is said
    as "tis 1 dec kl. 16.30", `state` as a sentence: "November är preliminär till 4 dec",
    `short_state`, for phones, as a word: "preliminärt".
    """

    scope: str
    until: str
    minutes: tuple[int, int] | None
    lessons: tuple[int, int] | None
    state: str
    missing_url: str = ""
    is_good: bool = False
    goal: int = 95
    short_state: str = ""


QueueProvider = Callable[[Any], Iterable[QueueRow]]
HomePanelProvider = Callable[[Any], Iterable[Panel]]
PupilPanelProvider = Callable[[Any, Any], Iterable[Panel]]
CasePanelProvider = Callable[[Any, Any], Iterable[Panel]]
PersonPanelProvider = Callable[[Any, Any], Iterable[Panel]]
MenuProvider = Callable[[Any], Iterable[MenuItem]]
FreshnessProvider = Callable[[Any, Any], "Freshness | None"]

QUEUE: list[QueueProvider] = []
HOME_PANELS: list[HomePanelProvider] = []
PUPIL_PANELS: list[tuple[Part, int, PupilPanelProvider]] = []
CASE_PANELS: list[tuple[int, CasePanelProvider]] = []
PERSON_PANELS: list[PersonPanelProvider] = []
MENU: list[tuple[int, MenuProvider]] = []
FRESHNESS: list[FreshnessProvider] = []
DAY_MOVED: list[Callable[[datetime], object]] = []


def offer_queue(provider: QueueProvider) -> None:
    """Rows for the work queue of a viewer."""
    QUEUE.append(provider)


def offer_home_panels(provider: HomePanelProvider) -> None:
    """Panels beside the work queue."""
    HOME_PANELS.append(provider)


def offer_pupil_panels(part: Part, order: int, provider: PupilPanelProvider) -> None:
    """Panels of a pupil's page; `order` within the part, the lowest first."""
    PUPIL_PANELS.append((part, order, provider))
    PUPIL_PANELS.sort(key=lambda one: one[1])


def offer_case_panels(order: int, provider: CasePanelProvider) -> None:
    """Panels of the page of a pupil's case (viewer, case); the lowest `order` first.

    One of at most 4 columns stands beside the steps, near the top.
    """
    CASE_PANELS.append((order, provider))
    CASE_PANELS.sort(key=lambda one: one[0])


def offer_person_panels(provider: PersonPanelProvider) -> None:
    """Panels of the administrators' page of a person: counts, and nothing of a pupil."""
    PERSON_PANELS.append(provider)


def offer_menu(order: int, provider: MenuProvider) -> None:
    """Places in the main menu; `order`, the lowest first (home is 0)."""
    MENU.append((order, provider))
    MENU.sort(key=lambda one: one[0])


def offer_freshness(provider: FreshnessProvider) -> None:
    """The freshness strip for a viewer and a page's scope (None: the viewer's own unit)."""
    FRESHNESS.append(provider)


def offer_day_moved(catch_up: Callable[[datetime], object]) -> None:
    """What is done up to a moment when the demo's day is moved there; again it changes nothing."""
    DAY_MOVED.append(catch_up)


def day_moved(now: datetime) -> None:
    """Let every app catch up with the demo's new day, as its nightly jobs would have."""
    for catch_up in DAY_MOVED:
        catch_up(now)


def menu_of(viewer: Any) -> list[MenuItem]:
    """The main menu of a viewer, in order."""
    return [item for _, provider in MENU for item in provider(viewer)]


def case_panels_of(viewer: Any, case: Any) -> list[Panel]:
    """What the apps say of a case, on its page."""
    return [one for _, provider in CASE_PANELS for one in provider(viewer, case)]


def person_panels_of(viewer: Any, account: Any) -> list[Panel]:
    """What the apps say of a person, on the person's page."""
    return [one for provider in PERSON_PANELS for one in provider(viewer, account)]


def queue_of(viewer: Any) -> list[QueueRow]:
    """The work queue of a viewer, unsorted."""
    return [row for provider in QUEUE for row in provider(viewer)]


def freshness_of(viewer: Any, scope: Any = None) -> Freshness | None:
    """The first answer to how fresh the figures are."""
    answers = (provider(viewer, scope) for provider in FRESHNESS)
    return next((one for one in answers if one is not None), None)
