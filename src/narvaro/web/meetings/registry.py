"""What apps above offer to meetings: items for an agenda, and hands that take its decisions.

Meetings know nothing of where an item comes from: `source_key` goes out as it came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.models import Decision, Meeting
from narvaro.web.pupils.models import Pupil


class NotTaken(Refused):
    """The decision cannot be carried out any more; the message says what has changed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision that can be made: its word in the source, what it is called, what follows."""

    word: str
    label: str
    consequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An item for an agenda. Items come in the order they are offered.

    `figure` is shown as it is ("15,2 %"), with the day it was counted; `minutes` is an estimate.
    """

    source_key: str
    pupil: Pupil
    why: str
    to_decide: str
    choices: Sequence[Choice]
    figure: str = ""
    figure_on: date | None = None
    tried: str = ""
    learnt: str = ""
    minutes: int = 10


class Outcome(StrEnum):
    """How it has gone with a decision of an earlier meeting."""

    DONE = "done"
    ONGOING = "ongoing"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How it has gone, and for what is late: what, by when."""

    outcome: Outcome
    text: str = ""


Provider = Callable[[Viewer, Meeting], Iterable[Offered]]
Keys = Callable[[Viewer, Meeting], Iterable[str]]
Taker = Callable[[Viewer, Decision], None]
Follower = Callable[[Viewer, Sequence[Decision]], Mapping[str, FollowUp]]

AGENDA: list[Provider] = []
KEYS: dict[Provider, Keys] = {}
TAKERS: list[Taker] = []
FOLLOWERS: list[Follower] = []


def offer_agenda(provider: Provider, keys: Keys | None = None) -> None:
    """Register what an app wants on the agendas; `provider(viewer, meeting)` yields `Offered`.

    `keys` yields their source keys alone, for who only counts them: what is known of each is dear.
    """
    AGENDA.append(provider)
    if keys is not None:
        KEYS[provider] = keys


def offer_decisions(taker: Taker) -> None:
    """Register who takes decisions: `taker(viewer, decision)`, in the transaction that saves it.

    A taker passes over what is not its own (`decision.item.source_key`), and raises `NotTaken`
    to stop the decision: then nothing is saved.
    """
    TAKERS.append(taker)


def offer_follow_up(follower: Follower) -> None:
    """Register who knows how it went with decisions: by `Decision.public_id`."""
    FOLLOWERS.append(follower)


def offered_for(viewer: Viewer, meeting: Meeting) -> list[Offered]:
    """Everything offered for a meeting, in order."""
    return [item for provider in AGENDA for item in provider(viewer, meeting)]


def keys_offered(viewer: Viewer, meeting: Meeting) -> list[str]:
    """The source keys of everything offered."""
    found: list[str] = []
    for provider in AGENDA:
        keys = KEYS.get(provider)
        if keys is not None:
            found += keys(viewer, meeting)
        else:
            found += [one.source_key for one in provider(viewer, meeting)]
    return found


def follow_up_of(viewer: Viewer, decisions: Sequence[Decision]) -> dict[str, FollowUp]:
    """How it has gone with decisions, as far as anybody knows."""
    found: dict[str, FollowUp] = {}
    for follower in FOLLOWERS:
        found |= follower(viewer, decisions)
    return found
