"""Counts to the nearest multiple, for readers who need sizes and not numbers."""

from __future__ import annotations


def rounded(count: int, base: int = 5) -> int:
    """`count` pupils to the nearest multiple of `base`; halfway goes to the even multiple.

    Each number is rounded by itself, totals too, so parts need not add up to their total. Rounding
    tells a reader less than the number, so what is safe to print is safe to print rounded; it does
    not take the place of hiding small cells.
    """
    if count < 0 or base < 1:
        raise ValueError("counts are 0 or more and are rounded to a multiple of 1 or more")
    return round_half_even(count, base) * base


def round_half_even(numerator: int, denominator: int) -> int:
    """The whole number nearest to numerator / denominator, exactly; halfway to the even one."""
    whole, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and whole % 2):
        return whole + 1
    return whole
