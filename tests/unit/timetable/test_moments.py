from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from narvaro.errors import BadRequest
from narvaro.timetable import end_of_day, local_day, parse_at, parse_known_at


def test_a_month_means_its_last_day() -> None:
    assert (parse_at("2017-12").day, parse_at("2017-12").is_month) == (date(2017, 12, 31), True)
    assert (parse_at("2017-12-15").day, parse_at("2017-12-15").is_month) == (
        date(2017, 12, 15),
        False,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2017",
        "2017-13",
        "2017-00",
        "2017-02-29",
        "2017-12-15T08:00",
        "1989-12",
        "2101-01",
        "17-12",
        "2017-1",
        "2017-12-1",
        "２０１７-12",
    ],
)
def test_another_day_is_refused(text: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse_at(text)
    assert "2017-12" in refused.value.remedy


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2017-12-31", "2017-12-31T22:59:59.999999+00:00"),
        ("2018-06-30", "2018-06-30T21:59:59.999999+00:00"),
        # the days on which the clocks change end at the new time
        ("2018-03-25", "2018-03-25T21:59:59.999999+00:00"),
        ("2018-03-24", "2018-03-24T22:59:59.999999+00:00"),
        ("2018-10-28", "2018-10-28T22:59:59.999999+00:00"),
        ("2018-10-27", "2018-10-27T21:59:59.999999+00:00"),
        ("2018-01-01T08:00:00+01:00", "2018-01-01T07:00:00+00:00"),
        ("2018-01-01T07:00:00Z", "2018-01-01T07:00:00+00:00"),
        ("2018-01-01T07:00Z", "2018-01-01T07:00:00+00:00"),
        ("2018-01-01 07:00:00.5+0000", "2018-01-01T07:00:00.500000+00:00"),
    ],
)
def test_known_at_is_the_end_of_a_local_day_or_a_moment(text: str, moment: str) -> None:
    assert parse_known_at(text).isoformat() == moment


@pytest.mark.parametrize("text", ["2018-01-01T08:00:00", "2018-01-01T08:00", "2018-01-01 08:00:00"])
def test_a_time_without_offset_is_refused(text: str) -> None:
    with pytest.raises(BadRequest, match="no offset"):
        parse_known_at(text)


@pytest.mark.parametrize("text", ["", "now", "2018-02-30", "2018-01-01T25:00:00Z", "2018-01", "1"])
def test_another_known_at_is_refused(text: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse_known_at(text)
    assert "offset" in refused.value.remedy


def test_half_past_ten_in_the_evening_of_june_in_utc_is_july_in_sweden() -> None:
    assert local_day(datetime(2018, 6, 30, 22, 30, tzinfo=UTC)) == date(2018, 7, 1)
    assert local_day(datetime(2018, 6, 30, 21, 30, tzinfo=UTC)) == date(2018, 6, 30)


@given(day=st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_ends_just_before_the_next_one_begins(day: date) -> None:
    end = end_of_day(day)
    assert local_day(end) == day
    assert local_day(end + timedelta(microseconds=1)) == day + timedelta(days=1)


@given(text=st.text(max_size=40))
@example(text="0001-01-01T00:00+23:59")
@example(text="9999-12-31T23:59-23:59")
@example(text="9999-12-31")
@example(text="0001-01-01")
def test_any_text_is_a_moment_or_is_refused(text: str) -> None:
    for parse in (parse_at, parse_known_at):
        with suppress(BadRequest):
            assert parse(text)
