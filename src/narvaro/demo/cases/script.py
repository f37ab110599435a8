"""What one pupil's marks say, lesson by lesson, and what that adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from narvaro.demo.cases.places import Place
from narvaro.demo.manifest import Figure
from narvaro.demo.marks import ACTIVITY, NO_REASON, NONE, NOT_GIVEN, NOTIFIED
from narvaro.demo.weeks import SLOTS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BUCKETS = ("valid", "invalid", "unclassified", "other")
_USUAL_REASON = {
    "valid": NOTIFIED, "invalid": NONE, "unclassified": NO_REASON, "other": ACTIVITY,
}  # fmt: skip
VALUES = ("scheduled", "full", *BUCKETS, "reason")
"""The columns of a mark that a case may set."""


@dataclass(slots=True)
class Script:
    """One pupil in one class: an element per school day and lesson, as told at first."""

    pupil: int
    place: Place
    days: range
    """Positions of the school days on which the pupil belongs to the class."""
    cells: dict[str, NDArray[np.int64]] = field(init=False)

    def __post_init__(self) -> None:
        import numpy as np

        shape = (len(self.place.days.dates), SLOTS)
        empty = {"scheduled", "full", "reason"}
        self.cells = {
            name: np.full(shape, NOT_GIVEN if name in empty else 0, dtype=np.int64)
            for name in VALUES
        }

    def away(
        self,
        days: Iterable[int],
        bucket: str,
        *,
        slots: Sequence[int] | None = None,
        reason: int | None = None,
    ) -> None:
        """Whole lessons in one bucket."""
        for day in days:
            for slot in slots if slots is not None else range(len(self.place.lengths)):
                self.set(day, slot, bucket, self.expected(day, slot), reason=reason)

    def set(
        self, day: int, slot: int, bucket: str, minutes: int, *, reason: int | None = None
    ) -> None:
        for name in BUCKETS:
            self.cells[name][day, slot] = minutes if name == bucket else 0
        chosen = _USUAL_REASON[bucket] if reason is None else reason
        self.cells["reason"][day, slot] = chosen if minutes else NO_REASON

    def spread(
        self, days: Sequence[int], total: int, bucket: str, *, reason: int | None = None
    ) -> None:
        """Exactly `total` minutes over the days: whole lessons, last ones first, then a part."""
        left = total
        for day, slot in sorted(
            ((d, s) for d in days for s in range(len(self.place.lengths))),
            key=lambda cell: (cell[0] % 6 != days[0] % 6, cell[0], -cell[1]),
        ):
            part = min(left, self.expected(day, slot))
            if part:
                self.set(day, slot, bucket, part, reason=reason)
            left -= part
        if left:
            raise ValueError(f"{left} minutes do not fit")

    def reduce(self, days: Iterable[int], slots: Iterable[int]) -> None:
        """Take lessons off the pupil's own timetable; the full one is told beside."""
        kept = set(slots)
        for day in days:
            for slot, minutes in enumerate(self.place.lengths):
                self.cells["full"][day, slot] = minutes
                self.cells["scheduled"][day, slot] = 0 if slot in kept else minutes

    def expected(self, day: int, slot: int) -> int:
        own = int(self.cells["scheduled"][day, slot])
        return self.place.minutes(slot) if own == NOT_GIVEN else own

    def values(self, day: int, slot: int) -> dict[str, int]:
        """The mark of one lesson."""
        return {name: int(self.cells[name][day, slot]) for name in VALUES}

    def figure(self, days: Sequence[int], *, known_at: int | None = None) -> Figure:
        """What the days' marks add up to, as told at first."""
        held = [day for day in days if day in self.days]
        first, last = self.place.date(days[0]), self.place.date(days[-1])
        sums = {name: int(self.cells[name][held].sum()) for name in BUCKETS}
        scheduled = sum(self.expected(d, s) for d in held for s in range(len(self.place.lengths)))
        return Figure(
            f"P{self.pupil:06}", str(first), str(last), moment(known_at), scheduled, scheduled,
            **sums,
        )  # fmt: skip


def moment(minute: int | None) -> str | None:
    """Minutes since 1970-01-01T00:00Z as ISO 8601."""
    if minute is None:
        return None
    return datetime.fromtimestamp(minute * 60, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
