"""What can happen to a referral, when, and by whom. Pure: it reads nothing and keeps nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from narvaro.web.referrals.words import Happening, Side, State

OPEN = frozenset(
    {
        State.PREPARED,
        State.SENT,
        State.SEEN,
        State.ACCEPTED,
        State.IN_PROGRESS,
        State.REOPENED,
    }
)
"""Somebody has something left to do."""
UNSENT = frozenset({State.PREPARED, State.WITHDRAWN})
"""Where a referral can stand that has no ground: in all others it has had one."""
AWAITS_ANSWER = frozenset({State.SENT, State.SEEN, State.REOPENED})
"""The receiver has neither taken it on nor declined; the last day is about these."""
ANSWERED = frozenset({State.DECLINED, State.DONE})
"""The sender has an answer to read, and to decide from."""


class NotNow(ValueError):
    """It cannot happen to a referral that stands where it stands, or not by that side."""


@dataclass(frozen=True, slots=True)
class Move:
    """From which states, to which (None: it stays), by whom, and what has to be there."""

    before: frozenset[State]
    after: State | None
    by: Side
    needs_ground: bool = True
    needs_reason: bool = False


SENT_ONES = OPEN - {State.PREPARED}
MOVES: Mapping[Happening, Move] = {
    Happening.SEND: Move(frozenset({State.PREPARED}), State.SENT, Side.SENDER),
    Happening.SEE: Move(frozenset({State.SENT, State.REOPENED}), State.SEEN, Side.RECEIVER),
    Happening.ACCEPT: Move(frozenset({State.SEEN}), State.ACCEPTED, Side.RECEIVER),
    Happening.DECLINE: Move(
        frozenset({State.SEEN}), State.DECLINED, Side.RECEIVER, needs_reason=True
    ),
    Happening.START: Move(frozenset({State.ACCEPTED}), State.IN_PROGRESS, Side.RECEIVER),
    Happening.FINISH: Move(frozenset({State.IN_PROGRESS}), State.DONE, Side.RECEIVER),
    Happening.WITHDRAW: Move(
        OPEN, State.WITHDRAWN, Side.SENDER, needs_ground=False, needs_reason=True
    ),
    Happening.REOPEN: Move(
        ANSWERED | {State.WITHDRAWN}, State.REOPENED, Side.SENDER, needs_reason=True
    ),
    Happening.NOTE: Move(ANSWERED, None, Side.SENDER, needs_ground=False),
    Happening.RENEW: Move(SENT_ONES, None, Side.SENDER),
}


def after(state: State, what: Happening, *, by: Side, has_ground: bool) -> State:
    """Where a referral stands once it has happened. Raises NotNow when it cannot.

    `has_ground`: a live disclosure to the receiver exists at this moment.
    """
    move = MOVES.get(what)
    if move is None or state not in move.before or by != move.by:
        raise NotNow(f"{what} cannot happen to one that is {state}, by the {by}")
    if move.needs_ground and not has_ground:
        raise NotNow(f"{what} needs a live ground")
    return state if move.after is None else move.after


def possible(state: State, *, by: Side, has_ground: bool) -> tuple[Happening, ...]:
    """What a side can do with a referral, in the order of `MOVES`."""
    return tuple(
        what
        for what, move in MOVES.items()
        if state in move.before and by == move.by and (has_ground or not move.needs_ground)
    )


def replayed(happened: Iterable[Happening]) -> State:
    """Where a referral stands after its whole history. Raises NotNow when it is no history."""
    state: State | None = None
    for what in happened:
        if state is None:
            if what != Happening.PREPARE:
                raise NotNow("a history begins with its preparation")
            state = State.PREPARED
        elif what not in MOVES:
            raise NotNow(f"{what} happens once, first")
        else:
            state = after(state, what, by=MOVES[what].by, has_ground=True)
    if state is None:
        raise NotNow("a history begins with its preparation")
    return state


def last_day(sent_on: date, days: int) -> date:
    """The day an answer is due: so many calendar days after it was sent."""
    return sent_on + timedelta(days=days)


def is_late(state: State, due_on: date | None, today: date) -> bool:
    """No answer has come, and the last day has passed."""
    return state in AWAITS_ANSWER and due_on is not None and due_on < today
