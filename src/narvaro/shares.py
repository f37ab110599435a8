"""Exact shares: a numerator and a denominator, compared in whole numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

Share = tuple[int, int]
"""Numerator and denominator; never divided before it is drawn."""


def share_of(part: int, whole: int) -> Share | None:
    """A share, or None when there is nothing to share: no data is never 0 %."""
    return (part, whole) if whole else None


def share_record(share: Share | None) -> dict[str, int] | None:
    """A share as JSON: an object with numerator and denominator, or null."""
    return None if share is None else {"numerator": share[0], "denominator": share[1]}


def reaches(share: Share | None, limit: Fraction) -> bool:
    """Whether a share is at least a limit in per cent, exactly; nothing reaches no limit."""
    if share is None:
        return False
    return share[0] * 100 * limit.denominator >= limit.numerator * share[1]


def share_in_words(
    share: Share | None, language: Literal["sv", "en"], limit: Fraction | None = None
) -> str:
    """A share as per cent: one decimal, cut; more where that would tell it from no limit.

    `94,9 %`, `94.9 %`; `–` when there is nothing to share.
    """
    if share is None:
        return "–"
    exact, digits = Fraction(share[0] * 100, share[1]), 1
    while limit is not None and _side(_cut(exact, digits), limit) != _side(exact, limit):
        digits += 1
    return f"{_decimal(_cut(exact, digits), digits, language)} %"


def limit_in_words(limit: Fraction, language: Literal["sv", "en"]) -> str:
    """A limit as a person would write it: `95 %`, `12,5 %`."""
    digits = next(count for count in range(20) if limit * 10**count % 1 == 0 or count == 19)
    return f"{_decimal(limit, digits, language)} %"


def _side(number: Fraction, limit: Fraction) -> tuple[bool, bool]:
    """Below, at or above a limit."""
    return number < limit, number > limit


def _cut(number: Fraction, digits: int) -> Fraction:
    return Fraction(number * 10**digits // 1, 10**digits)


def _decimal(number: Fraction, digits: int, language: Literal["sv", "en"]) -> str:
    whole, rest = divmod(int(number * 10**digits), 10**digits)
    point = "," if language == "sv" else "."
    return f"{whole}{point}{rest:0{digits}}" if digits else str(whole)
