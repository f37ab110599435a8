"""The states of a referral: what can happen when, by whom; nothing more, in any order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from narvaro.web.referrals.rules import (
    AWAITS_ANSWER,
    MOVES,
    OPEN,
    UNSENT,
    NotNow,
    after,
    is_late,
    last_day,
    possible,
    replayed,
)
from narvaro.web.referrals.words import Happening, Side, State

P, S = Happening.PREPARE, State
COURSES = {
    (P,): S.PREPARED,
    (P, Happening.SEND): S.SENT,
    (P, Happening.SEND, Happening.SEE): S.SEEN,
    (P, Happening.SEND, Happening.SEE, Happening.ACCEPT): S.ACCEPTED,
    (P, Happening.SEND, Happening.SEE, Happening.DECLINE): S.DECLINED,
    (P, Happening.SEND, Happening.SEE, Happening.DECLINE, Happening.REOPEN): S.REOPENED,
    (P, Happening.SEND, Happening.SEE, Happening.ACCEPT, Happening.START): S.IN_PROGRESS,
    (P, Happening.WITHDRAW): S.WITHDRAWN,
    (P, Happening.SEND, Happening.WITHDRAW, Happening.REOPEN, Happening.SEE): S.SEEN,
}


@pytest.mark.parametrize("course", COURSES, ids=lambda one: "-".join(one))
def test_a_history_adds_up_to_a_state(course: tuple[Happening, ...]) -> None:
    assert replayed(course) == COURSES[course]


def test_work_that_is_done_can_be_opened_again() -> None:
    begun = [P, Happening.SEND, Happening.SEE, Happening.ACCEPT, Happening.START]

    assert replayed([*begun, Happening.FINISH]) == S.DONE
    assert replayed([*begun, Happening.FINISH, Happening.REOPEN]) == S.REOPENED


@pytest.mark.parametrize("wrong", [(), (Happening.SEND,), (P, P), (P, Happening.SEE)])
def test_what_is_no_history_is_refused(wrong: tuple[Happening, ...]) -> None:
    with pytest.raises(NotNow):
        replayed(wrong)


@settings(deadline=None)
@given(some.sampled_from(State), some.sampled_from(Happening), some.sampled_from(Side))
def test_without_a_ground_nothing_reaches_the_receiver(
    state: State, what: Happening, by: Side
) -> None:
    try:
        then = after(state, what, by=by, has_ground=False)
    except NotNow:
        return

    assert by == Side.SENDER
    assert then == state or then in UNSENT


@settings(deadline=None)
@given(some.sampled_from(State), some.sampled_from(Side), some.booleans())
def test_what_is_possible_is_what_can_happen(state: State, by: Side, has_ground: bool) -> None:
    def can(what: Happening) -> bool:
        try:
            after(state, what, by=by, has_ground=has_ground)
        except NotNow:
            return False
        return True

    assert set(possible(state, by=by, has_ground=has_ground)) == {
        one for one in Happening if can(one)
    }


@settings(deadline=None)
@given(some.lists(some.sampled_from(sorted(MOVES)), max_size=12))
def test_no_order_of_happenings_leaves_the_two_sides_with_nobody_in_turn(
    happened: list[Happening],
) -> None:
    state = State.PREPARED
    for what in happened:
        try:
            state = after(state, what, by=MOVES[what].by, has_ground=True)
        except NotNow:
            continue
    assert any(possible(state, by=side, has_ground=True) for side in Side)
    if state in OPEN:
        assert Happening.WITHDRAW in possible(state, by=Side.SENDER, has_ground=False)


def test_an_answer_is_late_the_day_after_its_last_day_and_not_before() -> None:
    due = last_day(date(2026, 12, 2), 14)

    assert due == date(2026, 12, 16)
    assert not is_late(State.SENT, due, due)
    assert is_late(State.SENT, due, date(2026, 12, 17))
    assert {one for one in State if is_late(one, due, date(2027, 1, 1))} == AWAITS_ANSWER
