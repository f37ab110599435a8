"""Exact shares, and how they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narvaro.shares import limit_in_words, reaches, share_in_words, share_of, shown_percent

LIMITS = st.fractions(min_value=1, max_value=100, max_denominator=1000)


def test_nothing_to_share_is_no_share_and_reaches_nothing() -> None:
    assert share_of(0, 0) is None
    assert not reaches(None, Fraction(0))
    assert share_in_words(None, "sv") == "–"


@pytest.mark.parametrize(
    ("share", "limit", "sv", "en"),
    [
        ((19, 20), 95, "95,0 %", "95.0 %"),
        ((949_999, 1_000_000), 95, "94,9 %", "94.9 %"),
        ((150_002, 1_000_000), 15, "15,0002 %", "15.0002 %"),
        ((1, 3), None, "33,3 %", "33.3 %"),
        ((0, 7), None, "0,0 %", "0.0 %"),
        ((1, 7000), None, "0,01 %", "0.01 %"),
    ],
)
def test_a_share_is_cut_and_never_rounded_up(
    share: tuple[int, int], limit: int | None, sv: str, en: str
) -> None:
    limits = [] if limit is None else [Fraction(limit)]

    assert share_in_words(share, "sv", *limits) == sv
    assert share_in_words(share, "en", *limits) == en


@given(st.integers(0, 10_000), st.integers(1, 10_000), LIMITS)
def test_a_share_in_words_never_crosses_its_limit(part: int, more: int, limit: Fraction) -> None:
    share = (part, part + more)
    told = Fraction(share_in_words(share, "en", limit).removesuffix(" %"))

    exact = Fraction(part * 100, part + more)

    assert (told < limit, told > limit) == (exact < limit, exact > limit)
    assert reaches(share, limit) == (told >= limit)


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.lists(LIMITS, max_size=3))
def test_what_is_shown_lies_on_its_side_of_every_limit(
    part: int, more: int, limits: list[Fraction]
) -> None:
    exact, told = (
        Fraction(part * 100, part + more),
        Fraction(shown_percent((part, part + more), *limits)),
    )

    for limit in (Fraction(0), Fraction(100), *limits):
        assert (told < limit, told > limit) == (exact < limit, exact > limit)
    assert 0 <= exact - told < Fraction(1, 10)


@pytest.mark.parametrize(
    ("limit", "words"),
    [(Fraction(95), "95 %"), (Fraction("97.5"), "97,5 %"), (Fraction("0.05"), "0,05 %")],
)
def test_a_limit_is_written_as_a_person_would(limit: Fraction, words: str) -> None:
    assert limit_in_words(limit, "sv") == words
