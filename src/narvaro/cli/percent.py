"""Exact shares as people read them."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from fractions import Fraction

from narvaro.shares import Share, share_in_words


def percent(share: Share | None, *limits: Fraction) -> str | None:
    """A share as it is shown everywhere, in English; None, nothing to share, stays None."""
    return None if share is None else share_in_words(share, "en", *limits)


def percent_of(text: str) -> Fraction:
    """Per cent above 0 and up to 100 as it is typed, a whole or a decimal number."""
    is_number = re.fullmatch(r"\d{1,3}(\.\d{1,9})?", text, re.ASCII)
    limit = Fraction(text) if is_number else Fraction(0)
    if not 0 < limit <= 100:
        raise ArgumentTypeError("write per cent above 0 and up to 100, as 95 or 97.5")
    return limit
