"""Exact shares as people read them."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from decimal import Decimal
from fractions import Fraction


def percent(share: tuple[int, int] | None, limit: Fraction | Decimal | None = None) -> str | None:
    """A share as per cent: one decimal, cut off and never rounded up: 14.996 % is 14.9 %.

    With a limit it has so many decimals that what is shown lies on the same side of it: 15.002 %
    is then not shown as 15.0 %. None, when there is nothing to share, stays None.
    """
    if share is None:
        return None
    exact, decimals = Fraction(share[0] * 100, share[1]), 1
    while not _same_side(_cut(exact, decimals), exact, limit):
        decimals += 1
    whole, rest = divmod(int(_cut(exact, decimals) * 10**decimals), 10**decimals)
    return f"{whole}.{rest:0{decimals}} %"


def _cut(value: Fraction, decimals: int) -> Fraction:
    return Fraction(value * 10**decimals // 1, 10**decimals)


def _same_side(shown: Fraction, exact: Fraction, limit: Fraction | Decimal | None) -> bool:
    if limit is None:
        return True
    bound = Fraction(limit)
    return (shown > bound, shown < bound) == (exact > bound, exact < bound)


def percent_of(text: str) -> Fraction:
    """Per cent above 0 and up to 100 as it is typed, a whole or a decimal number."""
    is_number = re.fullmatch(r"\d{1,3}(\.\d{1,9})?", text, re.ASCII)
    limit = Fraction(text) if is_number else Fraction(0)
    if not 0 < limit <= 100:
        raise ArgumentTypeError("write per cent above 0 and up to 100, as 95 or 97.5")
    return limit
