"""Exact shares: a numerator and a denominator, compared in whole numbers, shown in one way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

Language = Literal["sv", "en"]

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


def shown_percent(share: Share, *limits: Fraction) -> Decimal:
    """A share as the per cent that is shown of it, everywhere: one decimal, cut and not rounded.

    It has more decimals where one would put it on another side of a limit than it is on: 14.996
    is 14.9, at a limit of 15 15.002 is 15.002. Something is never shown as nothing: 0 is always
    a limit, too. The number has as many decimals as are to be written.
    """
    exact, digits, edges = Fraction(share[0] * 100, share[1]), 1, (Fraction(0), *limits)
    while any(_side(_cut(exact, digits), edge) != _side(exact, edge) for edge in edges):
        digits += 1
    return Decimal(int(exact * 10**digits)).scaleb(-digits)


def percent_in_words(share: Share | None, language: Language, *limits: Fraction) -> str:
    """`94,9`, `94.9`: what is shown of a share, without its sign; `–` when nothing is shared."""
    return "–" if share is None else number_in_words(shown_percent(share, *limits), language)


def share_in_words(share: Share | None, language: Language, *limits: Fraction | None) -> str:
    """`94,9 %`, `94.9 %`; `–` when there is nothing to share. A limit that is None is none."""
    known = [limit for limit in limits if limit is not None]
    return "–" if share is None else f"{percent_in_words(share, language, *known)} %"


def limit_in_words(limit: Fraction, language: Language) -> str:
    """A limit as a person would write it: `95 %`, `12,5 %`."""
    return f"{bare_limit_in_words(limit, language)} %"


def bare_limit_in_words(limit: Fraction, language: Language) -> str:
    """A limit without its sign: `95`, `12,5`."""
    digits = next(count for count in range(20) if limit * 10**count % 1 == 0 or count == 19)
    return number_in_words(Decimal(int(limit * 10**digits)).scaleb(-digits), language)


def number_in_words(number: Decimal, language: Language) -> str:
    """A number with the decimals it has, and the language's sign before them."""
    return f"{number:f}".replace(".", "," if language == "sv" else ".")


def _side(number: Fraction, limit: Fraction) -> tuple[bool, bool]:
    """Below, at or above a limit."""
    return number < limit, number > limit


def _cut(number: Fraction, digits: int) -> Fraction:
    return Fraction(number * 10**digits // 1, 10**digits)
