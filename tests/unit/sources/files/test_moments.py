"""Dates, times and moments by their forms."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narvaro.sources.files.guessing.dates import FORMS, guess_form
from narvaro.sources.files.moments import (
    clock_form,
    compiled,
    in_utc,
    read_date,
    read_moment,
    read_time,
    read_times,
    reads_as_date,
)
from narvaro.sources.files.reading_faults import CellUnreadable

TODAY = date(2026, 11, 15)
ZONE = "Europe/Stockholm"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2026-09-01", "YYYY-MM-DD"),
        ("20260901", "YYYYMMDD"),
        ("260901", "YYMMDD"),
        ("26-09-01", "YY-MM-DD"),
        ("1/9 2026", "D/M YYYY"),
        ("01/09/2026", "D/M/YYYY"),
        ("9/1/2026", "M/D/YYYY"),
        ("1.9.26", "D.M.YY"),
        ("1 sept. 2026", "D MMM YYYY"),
        ("tis 1/9 2026", "ddd D/M YYYY"),
        ("2026-09-01 00:00:00", "D/M YYYY"),
    ],
)
def test_one_day_in_many_forms(text: str, form: str) -> None:
    assert read_date(text, form=form) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("text", "form", "problem"),
    [
        ("1914-06-28", "YYYY-MM-DD", "outside"),
        ("2101-01-01", "YYYY-MM-DD", "outside"),
        ("31/2 2026", "D/M YYYY", "no such day"),
        ("1/9 2026", "YYYY-MM-DD", "form"),
        ("1 hösten 2026", "D MMM YYYY", "month"),
        ("x" * 100, "YYYY-MM-DD", "too long"),
    ],
)
def test_days_that_cannot_be_are_refused(text: str, form: str, problem: str) -> None:
    with pytest.raises(CellUnreadable, match=problem):
        read_date(text, form=form)


def test_local_time_is_read_in_the_zone_and_an_offset_is_believed() -> None:
    eight = datetime(2026, 9, 1, 6, 10, tzinfo=UTC)
    assert read_moment("1/9 2026 08:10", form="D/M YYYY H:mm", zone=ZONE) == eight
    assert read_moment("2026-09-01T08:10:00+02:00", form="YYYY-MM-DD H:mm", zone=ZONE) == eight
    assert read_moment("2026-09-01T06:10:00Z", form="YYYY-MM-DD H:mm", zone=ZONE) == eight


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(CellUnreadable, match="does not exist"):
        in_utc(datetime(2027, 3, 28, 2, 30), zone=ZONE)  # noqa: DTZ001


def test_spans_of_time_with_any_dash() -> None:
    for text in ("08:10-09:30", "8:10 – 9:30", "08:10 till 09:30"):
        assert read_times(text, form="H:mm") == (time(8, 10), time(9, 30))


@pytest.mark.parametrize("text", ["25:00", "8", "08:60", "09:30-08:10-07:00"])
def test_times_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(CellUnreadable):
        read_time(text, form="H:mm")


def test_a_form_that_says_a_thing_twice_or_nothing_is_refused() -> None:
    for form in ("YYYY-MM-MM", "", "hello", "DD"):
        with pytest.raises(ValueError, match="form"):
            compiled(form)


def test_days_that_can_be_read_in_two_ways_are_not_guessed() -> None:
    for cells in (["01/02/03"], ["01/02/2026", "03/04/2026"], ["1-2-26", "3-4-25"]):
        found = guess_form(cells, today=TODAY)
        assert found is not None
        assert found.form is None
        assert "can be read as" in found.why


def test_one_impossible_reading_settles_all_the_others() -> None:
    found = guess_form(["01/02/2026", "13/02/2026"], today=TODAY)

    assert found is not None
    assert found.form == "D/M/YYYY"


@given(st.dates(date(2016, 1, 1), date(2027, 12, 31)), st.sampled_from(FORMS))
def test_every_form_reads_back_what_it_prints(day: date, form: str) -> None:
    printed = form
    months = [
        "jan",
        "feb",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "aug",
        "sept",
        "okt",
        "nov",
        "dec",
    ]
    for part, value in (
        ("YYYY", f"{day:%Y}"),
        ("YY", f"{day:%y}"),
        ("ddd", "tis"),
        ("DD", f"{day:%d}"),
        ("D", str(day.day)),
    ):
        printed = re.sub(rf"(?<![A-Z]){part}(?![A-Z])" if len(part) < 2 else part, value, printed)
    printed = re.sub(r"MMM|MM|M", lambda m: _month(m[0], day, months), printed)

    assert read_date(printed, form=form) == day


def _month(part: str, day: date, names: list[str]) -> str:
    return {"MMM": names[day.month - 1], "MM": f"{day:%m}", "M": str(day.month)}[part]


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001
def test_local_and_utc_are_the_same_moment_or_the_moment_is_refused(naive: datetime) -> None:
    try:
        moment = in_utc(naive, zone=ZONE)
    except CellUnreadable:
        assert naive.hour == 2
        return
    assert moment.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None) == naive
    assert abs(moment.replace(tzinfo=None) - naive) <= timedelta(hours=2)


@given(st.text(max_size=70), st.sampled_from(FORMS))
def test_any_text_is_a_day_or_is_refused_in_one_way(text: str, form: str) -> None:
    reads_as_date(text, form)
    clock_form(text)
    for read in (
        lambda: read_date(text, form=form),
        lambda: read_time(text, form="H:mm"),
        lambda: read_times(text, form="H:mm"),
        lambda: read_moment(text, form=f"{form} H:mm", zone=ZONE),
    ):
        try:
            read()
        except CellUnreadable:
            continue


@given(st.text(max_size=20))
def test_any_text_is_a_form_or_is_refused_in_one_way(form: str) -> None:
    try:
        compiled(form)
    except ValueError:
        return
