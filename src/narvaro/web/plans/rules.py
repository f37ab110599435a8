"""What a plan must say before anybody signs it, and where it stands. Pure: no database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Gap(StrEnum):
    """Something that a plan must say and does not. The value is the field of the form."""

    NEEDS = "needs"
    IMPORTANT = "important"
    NO_UNIT = "efforts"
    NO_WORDS = "effort_words"
    NO_WHO = "effort_who"
    NO_OTHER = "effort_other"
    NOBODY_ELSE = "is_alone"
    SOMEBODY_ELSE = "is_alone_but"
    MAIN_UNIT = "main_unit"
    FOLLOW_UP = "follow_up_on"
    FOLLOW_UP_PASSED = "follow_up_passed"


@dataclass(frozen=True, slots=True)
class Does:
    """Who does something, and whether it is said what. `who`: unit, pupil, home, other or nothing."""

    who: str
    has_words: bool = True
    has_other: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """What a draft says, as far as its being whole is concerned."""

    has_needs: bool
    has_important: bool
    does: Sequence[Does]
    is_alone: bool
    has_main_unit: bool
    follow_up_on: date | None


def gaps(said: Said, today: date) -> list[Gap]:
    """Everything that is missing on a day, in the order of the form; nothing when it can be signed."""
    return [*_first(said), *_efforts(said), *_last(said, today)]


def _first(said: Said) -> Iterator[Gap]:
    if not said.has_needs:
        yield Gap.NEEDS
    if not said.has_important:
        yield Gap.IMPORTANT


def _efforts(said: Said) -> Iterator[Gap]:
    if not any(one.who == "unit" for one in said.does):
        yield Gap.NO_UNIT
    if not all(one.has_words for one in said.does):
        yield Gap.NO_WORDS
    if not all(one.who for one in said.does):
        yield Gap.NO_WHO
    if not all(one.has_other for one in said.does if one.who == "other"):
        yield Gap.NO_OTHER
    others = any(one.who not in ("", "unit") for one in said.does)
    if others == said.is_alone:
        yield Gap.SOMEBODY_ELSE if others else Gap.NOBODY_ELSE


def _last(said: Said, today: date) -> Iterator[Gap]:
    if not said.has_main_unit:
        yield Gap.MAIN_UNIT
    if said.follow_up_on is None:
        yield Gap.FOLLOW_UP
    elif said.follow_up_on <= today:
        yield Gap.FOLLOW_UP_PASSED


class State(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    HOLDS = "holds"
    TO_FOLLOW_UP = "to_follow_up"
    BEING_RENEWED = "being_renewed"
    ENDED = "ended"


def state(*, is_signed: bool, follow_up_on: date | None, outcome: str, today: date) -> State:
    """Of the latest signed version (`is_signed` False: none is): its day, and how it was followed up."""
    if not is_signed:
        return State.DRAFT
    if outcome:
        return State.ENDED if outcome == "ends" else State.BEING_RENEWED
    is_due = follow_up_on is not None and follow_up_on <= today
    return State.TO_FOLLOW_UP if is_due else State.HOLDS
