"""Dates and numbers stand as people write them, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import engines
from django.utils.translation import override

from narvaro.web.ui import written

TUESDAY = date(2026, 12, 15)


@pytest.mark.parametrize(
    ("language", "short", "long", "month"),
    [
        ("sv", "tis 15 dec", "tisdag 15 december", "december 2026"),
        ("en", "Tue 15 Dec", "Tuesday 15 December", "December 2026"),
    ],
)
def test_a_day_is_written_in_full_only_where_there_is_room(
    language: str, short: str, long: str, month: str
) -> None:
    with override(language):
        said = (written.day(TUESDAY), written.long_day(TUESDAY), written.month(TUESDAY))

    assert tuple(one.replace("\u00a0", " ") for one in said) == (short, long, month)


def test_no_line_breaks_between_a_day_and_its_month() -> None:
    assert "15\u00a0dec" in written.day(TUESDAY)
    assert "15\u00a0december" in written.long_day(TUESDAY)


def test_a_moment_is_told_in_the_zone_of_stockholm() -> None:
    just_after_midnight = datetime(2026, 12, 14, 23, 10, tzinfo=UTC)

    assert written.moment(just_after_midnight).replace("\u00a0", " ") == "tis 15 dec kl. 00.10"
    with override("en"):
        assert written.moment(just_after_midnight).replace("\u00a0", " ") == "Tue 15 Dec 00:10"


@pytest.mark.parametrize(
    ("pair", "limit", "said"),
    [
        ((931, 1000), None, "93,1\u00a0%"),
        ((14_996, 100_000), 15, "14,9\u00a0%"),
        ((15_002, 100_000), 15, "15,002\u00a0%"),
        (None, 15, "–"),
        ((0, 10), None, "0,0\u00a0%"),
    ],
)
def test_a_share_stays_on_its_own_side_of_the_limit(
    pair: tuple[int, int] | None, limit: int | None, said: str
) -> None:
    assert written.share(pair, limit) == said


def test_thousands_have_thin_spaces_and_minus_is_a_minus() -> None:
    assert written.minutes(17_700) == "17\u202f700\u00a0min"
    assert written.whole(-390) == "\u2212390"


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [
        (Fraction(31, 10), 1, "+3,1"),
        (Decimal("-2.68"), 1, "\u22122,6"),
        (0, 1, "0,0"),
        (Fraction(-1, 100), 1, "0,0"),
        (-53, 0, "\u221253"),
        (12_000, 0, "+12\u202f000"),
    ],
)
def test_a_change_has_its_sign(value: written.Number, digits: int, said: str) -> None:
    assert written.signed(value, digits) == said


def test_the_filters_of_the_templates_say_the_same_and_a_dash_for_nothing() -> None:
    text = "{{ day|day }} {{ pair|share:15 }} {{ n|minutes }} {{ n|whole }} {{ n|signed:0 }}"
    full = {"day": TUESDAY, "pair": (931, 1000), "n": 2290}

    said = engines["django"].from_string(text).render(full)
    nothing = engines["django"].from_string(text).render(dict.fromkeys(full))

    assert said == "tis\u00a015\u00a0dec 93,1\u00a0% 2\u202f290\u00a0min 2\u202f290 +2\u202f290"
    assert nothing == " – – – –"
