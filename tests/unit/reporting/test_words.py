"""Numbers and dates as readers meet them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from narvaro.reporting.words import (
    days_between,
    hours,
    long_day,
    moment,
    moment_and_year,
    short_day,
    short_month,
    show_count,
    show_minutes,
    show_percent,
    show_points,
    show_share,
)
from narvaro.timetable import Month, Period


def plain(text: str) -> str:
    return text.replace("\u00a0", "_").replace("\u202f", "~")


@pytest.mark.parametrize(
    ("count", "swedish", "english"),
    [(0, "0", "0"), (999, "999", "999"), (12345, "12~345", "12,345"), (-390, "−390", "−390")],
)
def test_counts_have_thin_spaces_and_a_real_minus(count: int, swedish: str, english: str) -> None:
    assert plain(show_count(count)) == swedish
    assert show_count(count, "en") == english


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ((14996, 100000), "14,9_%"),  # not 15: it did not reach the limit
        ((15000, 100000), "15,0_%"),
        ((15002, 100000), "15,002_%"),  # more than 15 must look like more than 15
        ((2442, 16284), "14,9_%"),
        ((2443, 16284), "15,002_%"),
        ((0, 100), "0,0_%"),
        ((1, 100000), "0,001_%"),  # something is not nothing
        ((99999, 100000), "99,9_%"),  # a part is not the whole
        ((100, 100), "100,0_%"),
        ((0, 0), "–"),
    ],
)
def test_a_share_is_shown_on_its_own_side_of_the_limit(share: tuple[int, int], shown: str) -> None:
    assert plain(show_share(*share, limit=15)) == shown


def test_a_share_without_a_limit_is_cut_and_english_has_a_point() -> None:
    assert plain(show_share(14996, 100000)) == "14,9_%"
    assert show_share(175, 1000, lang="en") == "17.5%"


def test_points_have_a_sign_and_are_not_per_cent() -> None:
    assert show_points(Fraction(158, 1000), Fraction(127, 1000)) == "+3,1"
    assert show_points(Fraction(118, 1000), Fraction(168, 1000)) == "−5,0"
    assert show_points(Fraction(1, 10), Fraction(1, 10)) == "0,0"
    assert show_points(None, Fraction(1, 10)) == "–"


def test_a_limit_is_shown_as_it_was_set() -> None:
    assert plain(show_percent(Fraction(15))) == "15_%"
    assert plain(show_percent(Fraction("12.5"))) == "12,5_%"
    assert plain(show_percent(Fraction("12.25"))) == "12,25_%"
    assert show_percent(Fraction(15), "en") == "15%"


def test_dates_and_times_are_in_words_and_in_swedish_time() -> None:
    day = date(2026, 12, 15)
    at = datetime(2026, 12, 1, 15, 30, tzinfo=UTC)

    assert plain(short_day(day)) == "tis_15_dec"
    assert plain(long_day(day)) == "tisdag 15_december"
    assert plain(short_day(day, "en")) == "Tue_15_Dec"
    assert plain(moment(at)) == "tis_1_dec kl._16.30"
    assert plain(moment_and_year(at, "en")) == "1_Dec_2026 16:30"
    assert hours(at, at) == "16.30–16.30"
    assert short_month(Month.of(2026, 10)) == "okt"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2026, 9, 1), date(2026, 11, 30), "1_sep–30_nov_2026"),
        (date(2026, 11, 1), date(2027, 1, 31), "1_nov_2026–31_jan_2027"),
        (date(2026, 11, 1), date(2026, 11, 1), "1_nov_2026"),
    ],
)
def test_a_window_is_an_unbroken_range_of_days(first: date, last: date, shown: str) -> None:
    assert plain(days_between(Period(first, last))) == shown


def test_minutes_stay_with_their_unit() -> None:
    assert plain(show_minutes(17310)) == "17~310_min"
