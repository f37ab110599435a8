"""Bands of absence, with their limits written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from narvaro.errors import BadRequest
from narvaro.measurement.absence import AbsenceRow
from narvaro.shares import limit_in_words, reaches
from narvaro.timetable import Language

LIMITS = (Fraction(5), Fraction(15), Fraction(25))
FLOOR = Fraction(80)
"""Per cent of scheduled time to be acknowledged before the share alone may decide the band."""


@dataclass(frozen=True, slots=True)
class Band:
    """Shares of at least `from_limit` and under `under_limit` per cent; None: without an end."""

    from_limit: Fraction | None
    under_limit: Fraction | None

    def in_words(self, language: Language) -> str:
        """`under 5 %`, `5 till under 15 %`, `25 % eller mer`."""
        swedish = language == "sv"
        if self.under_limit is None:
            more = "eller mer" if swedish else "or more"
            return f"{limit_in_words(self.from_limit or Fraction(0), language)} {more}"
        under = f"under {limit_in_words(self.under_limit, language)}"
        if self.from_limit is None:
            return under
        first = limit_in_words(self.from_limit, language).removesuffix(" %")
        return f"{first} {'till' if swedish else 'to'} {under}"


def bands_of(limits: Sequence[Fraction]) -> tuple[Band, ...]:
    """The bands that some limits make; each limit opens one. Raises BadRequest."""
    if list(limits) != sorted(set(limits)) or not all(0 < limit <= 100 for limit in limits):
        raise BadRequest(
            "Those limits make no bands.",
            remedy="Give per cent above 0 and up to 100, each higher than the one before: 5,15,25.",
        )
    opened = [None, *limits]
    closed = [*limits, None]
    return tuple(Band(first, under) for first, under in zip(opened, closed, strict=True))


def band_of(row: AbsenceRow, limits: Sequence[Fraction], floor: Fraction) -> int | None:
    """Which band a pupil's share lies in, counted from 0; None when nobody can tell.

    It is certain where the lowest and the highest possible share lie in one band. Otherwise the
    share of the acknowledged minutes decides, if the coverage reaches the floor (per cent).
    """
    scheduled, acknowledged, absent = (
        row.scheduled_minutes,
        row.acknowledged_minutes,
        row.absent_minutes,
    )
    if row.straddled or not scheduled:
        return None
    low = _band(absent, scheduled, limits)
    if low == _band(absent + scheduled - acknowledged, scheduled, limits):
        return low
    if not acknowledged or not reaches(row.coverage, floor):
        return None
    return _band(absent, acknowledged, limits)


def _band(part: int, whole: int, limits: Sequence[Fraction]) -> int:
    """How many of the limits a part of a whole reaches; in whole numbers, so exactly."""
    return sum(part * 100 * limit.denominator >= limit.numerator * whole for limit in limits)
