"""Twenty-one calendar days from the call, and nothing pauses them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.collaboration.conftest import Agencies

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.collaboration.rules import holds, last_day, last_that_holds

CALLED = date(2026, 11, 23)
LAST = date(2026, 12, 14)


def test_the_last_day_is_twenty_one_calendar_days_after_the_call() -> None:
    assert last_day(CALLED, 21) == LAST


def test_holidays_and_breaks_do_not_pause_it() -> None:
    assert last_day(date(2026, 12, 18), 21) == date(2027, 1, 8)


def test_the_evening_of_the_last_day_holds_and_the_first_minute_after_it_does_not() -> None:
    midnight = datetime(2026, 12, 15, tzinfo=STOCKHOLM)

    assert holds(midnight - timedelta(minutes=1), LAST)
    assert not holds(midnight, LAST)


def test_the_day_is_the_local_one() -> None:
    assert not holds(datetime(2026, 12, 14, 23, 30, tzinfo=UTC), LAST)


def test_no_time_within_the_days_is_no_time() -> None:
    assert last_that_holds([datetime(2026, 12, 15, 9, tzinfo=STOCKHOLM)], LAST) is None


@given(st.lists(st.integers(-800, 800), max_size=8))
def test_the_last_that_holds_holds_and_no_later_one_does(hours: list[int]) -> None:
    noon = datetime(2026, 12, 14, 12, tzinfo=STOCKHOLM)
    times = [noon + timedelta(hours=one) for one in hours]
    found = last_that_holds(times, LAST)

    held = [one for one in times if one.date() <= LAST]
    assert found == (sorted(held)[-1] if held else None)


@pytest.mark.django_db
def test_a_draft_has_no_last_day_and_no_time_of_it_holds(agencies: Agencies) -> None:
    draft = agencies.call()
    time = agencies.proposed(draft, CALLED + timedelta(days=1))

    assert draft.last_day is None
    assert not time.holds
    assert draft.last_day_from(CALLED) == LAST


@pytest.mark.django_db
def test_each_proposed_time_says_whether_it_holds(agencies: Agencies) -> None:
    call = agencies.call(called_on=CALLED)

    assert agencies.proposed(call, LAST).holds
    assert not agencies.proposed(call, LAST + timedelta(days=1)).holds
