"""Who the demo's one click signs in as."""

from __future__ import annotations

import pytest

from narvaro.web.config.demo import _from_a_handful


@pytest.mark.parametrize(
    ("counts", "chosen"),
    [([0, 1, 83, 7], 7), ([0, 4, 2], 4), ([0, 0], 0), ([5, 6], 5), ([120], 120)],
)
def test_the_teacher_has_a_few_lessons_to_acknowledge_if_anybody_has(
    counts: list[int], chosen: int
) -> None:
    assert min(counts, key=_from_a_handful) == chosen
