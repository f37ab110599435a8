"""When nobody answered for an agency."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narvaro.web.agencies.gaps import Gap, gaps, open_gap

ONE = timedelta(days=1)
NEW_YEAR = date(2017, 1, 1)


def test_two_months_between_two_contacts_are_seen_and_counted() -> None:
    """A-R-16: retired around new year, a new one from March."""
    found = gaps([(date(2015, 8, 1), date(2016, 12, 31)), (date(2017, 3, 1), None)])

    assert found == (Gap(NEW_YEAR, date(2017, 2, 28)),)
    assert found[0].days == 59


@pytest.mark.parametrize(
    "periods",
    [
        [],
        [(NEW_YEAR, None)],
        [(NEW_YEAR, date(2017, 5, 31)), (date(2017, 6, 1), None)],
        [
            (NEW_YEAR, date(2017, 9, 1)),
            (date(2017, 2, 1), date(2017, 3, 1)),
            (date(2017, 9, 2), None),
        ],
    ],
)
def test_one_who_takes_over_the_next_day_leaves_no_gap(
    periods: list[tuple[date, date | None]],
) -> None:
    assert gaps(periods) == ()


def test_a_single_day_without_anybody_is_a_gap() -> None:
    (gap,) = gaps([(NEW_YEAR, date(2017, 5, 31)), (date(2017, 6, 2), None)])

    assert (gap.from_on, gap.days) == (date(2017, 6, 1), 1)


def test_after_the_last_one_the_gap_goes_on() -> None:
    (gap,) = gaps([(NEW_YEAR, date(2017, 5, 31))])

    assert (gap.from_on, gap.to_on, gap.days) == (date(2017, 6, 1), None, None)


@pytest.mark.parametrize(
    ("today", "is_told"),
    [
        (date(2017, 5, 1), False),
        (date(2017, 5, 2), True),
        (date(2017, 5, 31), True),
        (date(2017, 9, 1), True),
    ],
)
def test_it_is_told_a_month_before_the_last_one_leaves_and_as_long_as_nobody_follows(
    today: date, is_told: bool
) -> None:
    assert (open_gap([(NEW_YEAR, date(2017, 5, 31))], today) is not None) == is_told


def test_a_gap_that_is_over_is_history_and_asks_nobody() -> None:
    periods = [(NEW_YEAR, date(2017, 5, 31)), (date(2017, 8, 1), None)]

    assert open_gap(periods, date(2017, 7, 1)) is not None
    assert open_gap(periods, date(2017, 8, 1)) is None


DAYS = st.dates(date(2016, 1, 1), date(2016, 3, 31))


@given(st.lists(st.tuples(DAYS, st.none() | st.integers(0, 40)), max_size=6), DAYS)
def test_a_day_is_in_a_gap_exactly_when_the_first_has_begun_and_nobody_holds_it(
    told: list[tuple[date, int | None]], day: date
) -> None:
    periods = [(start, None if n is None else start + n * ONE) for start, n in told]
    held = any(start <= day and (end is None or day <= end) for start, end in periods)
    begun = any(start <= day for start, _end in periods)

    in_gap = any(
        gap.from_on <= day and (gap.to_on is None or day <= gap.to_on) for gap in gaps(periods)
    )

    assert in_gap == (begun and not held)
