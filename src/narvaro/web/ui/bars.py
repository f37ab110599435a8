"""Where the parts of a bar begin and end, in per cent of its length; for drawing only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narvaro.shares import Share

WIDE_LEAST, NARROW_LEAST = 5.0, 10.5  # per cent of a bar that 26 pixels are, on a desk and a phone


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a band bar: its limits in words, how many, and the change since last month.

    The order is fixed: four bands, then those who cannot be told.
    """

    words: str
    count: int
    change: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A drawn part: `step` 1 to 4, or 0 for those who cannot be told; x, middle, width in per cent."""

    step: int
    words: str
    count: int
    change: str
    x: str
    middle: str
    width: str


def per_cent(part: float, whole: float) -> str:
    """A length: `93.1%`, from 0 to 100."""
    return f"{min(100.0, max(0.0, 100 * part / whole if whole else 0.0)):.2f}%"


def covered(pair: Share) -> tuple[str, str]:
    """Length of what is acknowledged and of what is missing."""
    return per_cent(*pair), per_cent(pair[1] - pair[0], pair[1])


def pieces(bands: Sequence[Band], least: float) -> list[Piece]:
    """The parts of a band bar, each at least `least` per cent wide; an empty one is not drawn."""
    widths = _widths([one.count for one in bands], least)
    made, at = [], 0.0
    for step, (one, width) in enumerate(zip(bands, widths, strict=True), start=1):
        middle = f"{at + width / 2:.2f}%"
        x, wide = f"{at:.2f}%", f"{width:.2f}%"
        made.append(Piece(step % 5, one.words, one.count, one.change, x, middle, wide))
        at += width
    return made


def _widths(counts: Sequence[int], least: float) -> list[float]:
    """The small are widened at the cost of the others, until nobody is too small."""
    small: set[int] = set()
    while True:
        rest = sum(count for at, count in enumerate(counts) if at not in small)
        room = 100 - least * len(small)
        widths = [
            least if at in small else room * count / rest if count else 0.0
            for at, count in enumerate(counts)
        ]
        found = {at for at, width in enumerate(widths) if 0 < width < least} - small
        if not found:
            return widths
        small |= found
