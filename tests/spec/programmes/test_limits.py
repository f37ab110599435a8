"""Limits are compared in whole minutes: 14.996 % is not 15 %."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from narvaro.programmes import Rule, load

INCLUSIVE = load("boras-2016").rule("three-months")
STRICT = load("staffanstorp").rule("fifteen")
BAND = load("stockholm").rule("around-twenty")
OPEN_BAND = replace(BAND, upper_operator="<")
HALF = replace(INCLUSIVE, limit=Fraction("12.5"))


@pytest.mark.parametrize(
    ("rule", "absent", "minutes", "met"),
    [
        # 59 school days of 276 minutes: 15 % is 2 442.6 minutes
        (INCLUSIVE, 2442, 16284, False),
        (INCLUSIVE, 2443, 16284, True),
        # the limit itself
        (INCLUSIVE, 150, 1000, True),
        (STRICT, 150, 1000, False),
        (STRICT, 151, 1000, True),
        (INCLUSIVE, 149_999_999_999, 10**12, False),
        (HALF, 125, 1000, True),
        (HALF, 124, 1000, False),
        # a band has an upper end
        (BAND, 149, 1000, False),
        (BAND, 150, 1000, True),
        (BAND, 250, 1000, True),
        (BAND, 251, 1000, False),
        (OPEN_BAND, 249, 1000, True),
        (OPEN_BAND, 250, 1000, False),
        (INCLUSIVE, 0, 1, False),
        (INCLUSIVE, 1, 1, True),
    ],
)
def test_a_limit_is_exact(rule: Rule, absent: int, minutes: int, met: bool) -> None:
    assert rule.is_met(absent, minutes) is met


@pytest.mark.parametrize(
    ("rule", "low", "high", "throughout"),
    [
        (INCLUSIVE, 150, 400, "met"),
        (INCLUSIVE, 149, 400, "either"),
        (INCLUSIVE, 0, 149, "missed"),
        (STRICT, 150, 400, "either"),
        (STRICT, 0, 150, "missed"),
        (BAND, 150, 250, "met"),
        (BAND, 160, 251, "either"),
        (BAND, 100, 300, "either"),
        (BAND, 251, 400, "missed"),
        (BAND, 0, 149, "missed"),
        (OPEN_BAND, 250, 400, "missed"),
    ],
)
def test_bounds_make_an_outcome_certain(rule: Rule, low: int, high: int, throughout: str) -> None:
    met = rule.is_met_throughout(low, high, 1000)
    missed = rule.is_missed_throughout(low, high, 1000)
    assert (met, missed) == (throughout == "met", throughout == "missed")
