"""Whether a planned rhythm was kept, counted and held to a slow count by days."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from narvaro.web.projects.rhythm import (
    QUIET_WEEKS,
    Gap,
    Per,
    Rhythm,
    State,
    Stretch,
    gaps,
    stretches,
    working_weeks,
)

SECOND_WEEK = Rhythm(2, Per.WEEKS)
TWICE = Rhythm(2, Per.HALF_YEAR)
DAYS = st.dates(date(2015, 1, 1), date(2019, 12, 31))
RHYTHMS = st.builds(Rhythm, st.integers(1, 8), st.sampled_from(list(Per)))


def of(rhythm: Rhythm, held: list[date], today: date, to_on: date | None = None) -> list[Stretch]:
    return stretches(rhythm, held, from_on=date(2016, 4, 1), to_on=to_on, today=today)


def test_two_in_a_half_year_are_kept_short_or_still_going_on() -> None:
    held = [date(2016, 8, 29), date(2016, 11, 7), date(2017, 2, 6)]
    found = of(TWICE, held, date(2017, 9, 1))

    assert [(one.asked, one.held, one.state) for one in found] == [
        (1, 0, State.SHORT),  # from April: its part of two
        (2, 2, State.KEPT),
        (2, 1, State.SHORT),
        (2, 0, State.GOING_ON),
    ]


def test_every_second_week_is_behind_before_the_half_year_is_over() -> None:
    start, today = date(2017, 1, 9), date(2017, 4, 3)
    every = [start + timedelta(weeks=2 * number) for number in range(6)]

    def state(held: list[date]) -> State:
        (found,) = stretches(SECOND_WEEK, held, from_on=start, to_on=None, today=today)
        return found.state

    assert state(every) == State.GOING_ON
    assert state(every[:3]) == State.SHORT


def test_what_is_held_once_is_kept_whenever_it_was() -> None:
    once = Rhythm(1, Per.ONCE)

    assert [one.state for one in of(once, [], date(2017, 1, 1))] == [State.GOING_ON]
    assert [one.state for one in of(once, [date(2017, 5, 11)], date(2018, 1, 1))] == [State.KEPT]
    last = date(2018, 6, 30)
    assert [one.state for one in of(once, [], date(2018, 7, 1), to_on=last)] == [State.SHORT]


def test_what_is_called_when_needed_is_never_short() -> None:
    found = of(Rhythm(1, Per.CALLED), [date(2016, 5, 2)], date(2016, 9, 1))

    assert [(one.asked, one.state) for one in found] == [(None, State.NOT_ASKED)] * 2


def test_summer_and_christmas_make_no_gap_and_a_hole_in_term_does() -> None:
    over_summer = [date(2016, 6, 13), date(2016, 8, 22)]
    over_christmas = [date(2016, 12, 19), date(2017, 1, 16)]
    hole = [date(2016, 9, 5), date(2016, 10, 31)]

    assert gaps(SECOND_WEEK, over_summer, until=over_summer[-1]) == []
    assert gaps(SECOND_WEEK, over_christmas, until=over_christmas[-1]) == []
    assert gaps(SECOND_WEEK, hole, until=hole[-1]) == [
        Gap(hole[0], hole[1], weeks=8, is_open=False)
    ]
    assert gaps(SECOND_WEEK, hole[:1], until=date(2016, 9, 30))[0].is_open
    assert gaps(TWICE, hole, until=hole[-1]) == []


@given(DAYS, DAYS)
def test_working_weeks_are_the_mondays_outside_the_quiet_weeks(first: date, last: date) -> None:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    slow = sum(one.weekday() == 0 and one.isocalendar()[1] not in QUIET_WEEKS for one in days)

    assert working_weeks(first, last) == slow


@given(RHYTHMS, st.lists(DAYS, max_size=30), DAYS, st.none() | DAYS, DAYS)
def test_stretches_lie_side_by_side_and_hold_every_meeting_once(
    rhythm: Rhythm, held: list[date], from_on: date, to_on: date | None, today: date
) -> None:
    found = stretches(rhythm, held, from_on=from_on, to_on=to_on, today=today)
    last = min(today, to_on) if to_on else today

    assert bool(found) == (last >= from_on)
    assert sum(one.held for one in found) == sum(from_on <= one <= last for one in held)
    for one, after in itertools.pairwise(found):
        assert after.from_on == one.to_on + timedelta(days=1)
        assert one.to_on < today
    for one in found:
        assert (one.state == State.KEPT) == (bool(one.asked) and one.held >= (one.asked or 0))
        assert (one.state == State.NOT_ASKED) == (not one.asked)


@given(RHYTHMS, st.lists(DAYS, max_size=10, unique=True), DAYS)
def test_one_more_meeting_never_makes_a_stretch_worse(
    rhythm: Rhythm, held: list[date], today: date
) -> None:
    start = date(2015, 1, 1)
    order = [State.SHORT, State.GOING_ON, State.KEPT]

    def ranks(days: list[date]) -> list[int]:
        found = stretches(rhythm, days, from_on=start, to_on=None, today=today)
        return [order.index(one.state) for one in found if one.state in order]

    fewer, more = ranks(held), ranks([*held, today])
    assert all(a <= b for a, b in zip(fewer, more, strict=True))
