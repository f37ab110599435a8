"""Bars: every part that holds somebody can be seen, and all parts together are the whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from narvaro.web.ui.bars import NARROW_LEAST, Band, covered, pieces

COUNTS = st.lists(st.integers(0, 25_000), min_size=5, max_size=5)


@given(COUNTS)
def test_whoever_is_counted_is_drawn_and_nobody_else(counts: list[int]) -> None:
    made = pieces([Band("x", count) for count in counts], NARROW_LEAST)
    widths = [float(one.width.rstrip("%")) for one in made]

    assert all((width > 0) == (count > 0) for width, count in zip(widths, counts, strict=True))
    assert all(width >= NARROW_LEAST - 0.01 for width in widths if width)
    assert not any(counts) or abs(sum(widths) - 100) < 0.1


def test_the_parts_stand_in_their_fixed_order_with_those_who_cannot_be_told_last() -> None:
    made = pieces([Band(str(step), 10) for step in range(5)], 5)

    assert [one.step for one in made] == [1, 2, 3, 4, 0]


def test_what_is_missing_fills_the_rest_of_the_bar() -> None:
    assert covered((931, 1000)) == ("93.10%", "6.90%")
    assert covered((0, 0)) == ("0.00%", "0.00%")
