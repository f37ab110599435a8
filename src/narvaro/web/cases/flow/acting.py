"""What is to do something for a pupil: said once, for flow, for a case's own page and an inspector."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Deed(StrEnum):
    """Something dated that somebody did about a pupil."""

    CONTACT = "contact"
    OWN_WORDS = "own words"
    DOCUMENT = "document"
    MEETING = "meeting"
    DECISION = "decision"
    OPENED = "opened"
    ANSWERED = "answered"
    EVENT = "event"


ACTIONS = frozenset(
    {Deed.CONTACT, Deed.OWN_WORDS, Deed.DOCUMENT, Deed.MEETING, Deed.DECISION},
)
"""Towards the pupil or the home, or a decision on a step of the routine.

To answer a flag or open a case is to take the pupil up: somebody handles it, nothing is done yet.
An event is a duty noted, told of by itself.
"""


class Done(NamedTuple):
    """What was done, and the day; None when it was not."""

    deed: Deed
    on: date | None


def first_action(done: Iterable[Done]) -> date | None:
    """The first day of an action; None when there is none."""
    return min((one.on for one in done if one.deed in ACTIONS and one.on is not None), default=None)
