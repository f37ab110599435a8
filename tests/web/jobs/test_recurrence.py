"""When scheduled work is due, through summer time and clocks that are moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narvaro.errors import BadRequest
from narvaro.web.jobs.recurrence import read_rule

STOCKHOLM = ZoneInfo("Europe/Stockholm")
RULES = st.sampled_from(["every 15 minutes", "daily 02:30", "weekly mon 06:30", "monthly 4 05:00"])
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@given(RULES, MOMENTS)
def test_now_lies_between_the_latest_due_time_and_the_following(rule: str, now: datetime) -> None:
    read = read_rule(rule)

    assert read.latest(now) <= now < read.following(now)
    assert read.latest(read.following(now)) == read.following(now)
    assert read.slot(read.latest(now)) != read.slot(read.following(now))


@pytest.mark.parametrize(
    ("rule", "now", "following"),
    [
        ("daily 02:30", "2026-12-02T02:29", "2026-12-02T02:30"),
        ("daily 02:30", "2026-12-02T02:30", "2026-12-03T02:30"),
        ("weekly mon 06:30", "2026-12-02T12:00", "2026-12-07T06:30"),
        ("monthly 4 05:00", "2026-12-04T05:00", "2027-01-04T05:00"),
        ("every 15 minutes", "2026-12-02T12:07", "2026-12-02T12:15"),
    ],
)
def test_the_following_time_is_local(rule: str, now: str, following: str) -> None:
    assert read_rule(rule).following(local(now)) == local(following)


def test_a_time_that_summer_time_skips_comes_once_that_night() -> None:
    rule = read_rule("daily 02:30")
    evening = local("2026-03-28T20:00")

    first = rule.following(evening)

    assert rule.slot(first) == "2026-03-29"
    assert rule.slot(rule.following(first)) == "2026-03-30"


def test_a_time_that_comes_twice_is_due_once() -> None:
    rule = read_rule("daily 02:30")
    first = rule.following(local("2026-10-24T20:00"))

    assert rule.following(first) - first == timedelta(hours=25)
    assert rule.slot(rule.latest(first + timedelta(hours=1))) == "2026-10-25"


@pytest.mark.parametrize(
    "rule", ["", "daily", "daily 24:00", "monthly 31 05:00", "every 0 minutes", "weekly 1 06:30"]
)
def test_a_rule_that_cannot_be_meant_is_refused(rule: str) -> None:
    with pytest.raises(BadRequest):
        read_rule(rule)
