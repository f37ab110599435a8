"""A per cent that never lies about its side of a limit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narvaro.cli.percent import percent


@pytest.mark.parametrize(
    ("share", "limit", "shown"),
    [
        ((2442, 16284), None, "14.9 %"),
        ((2443, 16284), None, "15.0 %"),
        ((2443, 16284), 15, "15.002 %"),
        ((2442, 16284), 15, "14.9 %"),
        ((15, 100), 15, "15.0 %"),
        ((1, 3), None, "33.3 %"),
        ((0, 10), None, "0.0 %"),
        (None, None, None),
    ],
)
def test_a_per_cent_is_cut_and_stays_on_its_side(
    share: tuple[int, int] | None, limit: int | None, shown: str | None
) -> None:
    limits = [] if limit is None else [Fraction(limit)]

    assert percent(share, *limits) == shown


@given(
    denominator=st.integers(1, 100_000),
    part=st.fractions(0, 1),
    limit=st.sampled_from([Fraction(10), Fraction(15), Fraction(25, 2), Fraction(20)]),
)
def test_what_is_shown_compares_as_what_is_so(
    denominator: int, part: Fraction, limit: Fraction
) -> None:
    numerator = int(part * denominator)

    shown = percent((numerator, denominator), limit)

    assert shown is not None
    read, exact = Fraction(shown.removesuffix(" %")), Fraction(numerator * 100, denominator)
    assert (read >= limit, read > limit) == (exact >= limit, exact > limit)
