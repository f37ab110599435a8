"""When nobody answered for an agency: worked out from the days of its contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE = timedelta(days=1)
REMINDED = timedelta(days=30)
"""How long before the last contact ends it is told."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without a contact, both included; `to_on` None when nobody follows."""

    from_on: date
    to_on: date | None

    @property
    def days(self) -> int | None:
        """How many days; None while it lasts."""
        return None if self.to_on is None else (self.to_on - self.from_on).days + 1


Period = tuple[date, date | None]


def gaps(periods: Iterable[Period]) -> tuple[Gap, ...]:
    """The days between the first contact's first day and for ever that no contact holds.

    Without any contact nothing began, and there is no gap to tell of.
    """
    found: list[Gap] = []
    covered: date | None = None
    for from_on, to_on in sorted(periods, key=lambda one: one[0]):
        if covered is not None and from_on > covered + ONE:
            found.append(Gap(covered + ONE, from_on - ONE))
        if to_on is None:
            return tuple(found)
        covered = to_on if covered is None else max(covered, to_on)
    return (*found, Gap(covered + ONE, None)) if covered is not None else ()


def open_gap(periods: Iterable[Period], today: date) -> Gap | None:
    """The gap that a day lies in, or the one that nobody fills and that begins within a month."""
    for gap in gaps(periods):
        is_now = gap.from_on <= today and (gap.to_on is None or today <= gap.to_on)
        is_soon = gap.to_on is None and today < gap.from_on <= today + REMINDED
        if is_now or is_soon:
            return gap
    return None
