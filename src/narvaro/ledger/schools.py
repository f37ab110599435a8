"""Which schools there are, and the school authority above each, as known at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from narvaro.ledger.snapshot import Snapshot
from narvaro.ledger.standing import LAST_DAY, key_of, standing
from narvaro.timetable import Period


@dataclass(frozen=True)
class Schools:
    """The school units told of, and where they belong. Numbers are the ledger's own."""

    snapshot: Snapshot
    known_at: datetime

    @cached_property
    def keys(self) -> Mapping[int, str]:
        """School number → key; other organisations have numbers of their own."""
        return key_of(self.snapshot, "school")

    def units(self, period: Period) -> frozenset[int]:
        """The school units that exist on some day of the period."""
        numbers = {key: number for number, key in self.keys.items()}
        return frozenset(
            numbers[row["organisation"]]
            for row in self._rows
            if row["kind"] == "school_unit"
            and row["starts_on"] <= period.to_on
            and (row["ends_on"] or LAST_DAY) >= period.from_on
        )

    def authority(self, school: int) -> str | None:
        """The key of the school authority above a school; None when none was told of."""
        seen: set[str] = set()
        above: str | None = self.keys.get(school)
        while above is not None and above not in seen:
            seen.add(above)
            row = self._newest.get(above)
            if row is None:
                return None
            if row["kind"] == "school_authority":
                return above
            above = row["parent"]
        return None

    @cached_property
    def _newest(self) -> Mapping[str, dict[str, Any]]:
        def begins(row: dict[str, Any]) -> date:
            day: date = row["starts_on"]
            return day

        return {row["organisation"]: row for row in sorted(self._rows, key=begins)}

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        return standing(self.snapshot, "organisations", self.known_at)
