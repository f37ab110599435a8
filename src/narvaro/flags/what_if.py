"""What if: how many pupils other rules would have flagged, and the hours that takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from narvaro.flags.combination import Combination
from narvaro.flags.flag import judge_all
from narvaro.flags.hits import hits
from narvaro.flags.scope import Roster
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import standing
from narvaro.programmes import Programme
from narvaro.timetable import At, Month, Window


@dataclass(frozen=True, slots=True)
class Tried:
    """How many pupils one combination flags at one month end, at one school and in one grade.

    `pupils` are those in scope there; `minutes` is the work at the minutes a flag takes.
    """

    combination: Combination
    at: Month
    school: str | None
    grade: str | None
    pupils: int
    flags: int
    minutes: int

    def as_record(self) -> dict[str, Any]:
        """The count as JSON; hours as an exact pair."""
        limit = self.combination.limit
        return {
            "window": str(self.combination.window),
            "operator": self.combination.operator,
            "limit": {"numerator": limit.numerator, "denominator": limit.denominator * 100},
            "at": str(self.at),
            "school": self.school,
            "grade": self.grade,
            "pupils": self.pupils,
            "flags": self.flags,
            "hours": {"numerator": self.minutes, "denominator": 60},
        }


def what_if(
    snapshot: Snapshot,
    combinations: Sequence[Combination],
    *,
    months: Sequence[Month],
    scope: Programme,
    minutes_per_flag: int,
    known_at: datetime | None = None,
) -> list[Tried]:
    """Count flags per combination, month end, school and grade, in a programme's scope.

    A rule that exists gives exactly the count of its month-end run. Windows of whole months
    (`month`, `rolling-months:N`, `school-year` and, without a calendar, `term`) are quick.
    """
    roster = Roster(snapshot, known_at or datetime.now(UTC))
    if not _are_whole_months(roster, combinations, months):
        return _slowly(roster, combinations, months, scope, minutes_per_flag)
    return [
        Tried(one, month, school, grade, pupils, flags, flags * minutes_per_flag)
        for month, window in sweep(roster, combinations, months=months, scope=scope)
        for one, counts in window.flags.items()
        for (school, grade), pupils, flags in zip(window.names, window.pupils, counts, strict=True)
    ]


@dataclass(frozen=True)
class Swept:
    """One window at one month end: pupils in scope by (school, grade), and flags of each try."""

    names: Sequence[tuple[str | None, str | None]]
    pupils: Sequence[int]
    flags: Mapping[Combination, Sequence[int]]


def sweep(
    roster: Roster,
    combinations: Sequence[Combination],
    *,
    months: Sequence[Month],
    scope: Programme,
) -> Iterator[tuple[Month, Swept]]:
    """Count as `what_if` does, month end by month end; windows of whole months that are over."""
    for one in hits(roster, combinations, months=months, scope=scope):
        flags = {tried: one.cells.counts(columns) for tried, columns in one.columns.items()}
        yield one.month, Swept(one.cells.names, one.cells.counts(), flags)


def _are_whole_months(
    roster: Roster, combinations: Sequence[Combination], months: Sequence[Month]
) -> bool:
    """Whether arrays by month are exact, of months that are over."""
    return (
        bool(months)
        and max(months).last_day < roster.known_at.date()
        and all(
            _is_whole_months(roster.snapshot, one.window, roster.known_at) for one in combinations
        )
    )


def _is_whole_months(snapshot: Snapshot, window: Window, known_at: datetime) -> bool:
    if window.kind == "term":
        return not standing(snapshot, "calendar", known_at)
    return window.kind in ("month", "rolling-months", "school-year")


def _in_order(place: tuple[str | None, str | None]) -> tuple[str, str]:
    return place[0] or "", place[1] or ""


def _slowly(
    roster: Roster,
    combinations: Sequence[Combination],
    months: Sequence[Month],
    scope: Programme,
    minutes_per_flag: int,
) -> list[Tried]:
    """The same counts through the flags themselves, for windows and times arrays cannot hold."""
    found: list[Tried] = []
    for month in months:
        for one in combinations:
            counts: defaultdict[tuple[str | None, str | None], list[int]] = defaultdict(
                lambda: [0, 0]
            )
            for item in judge_all(roster, scope, one.rule, At(month.last_day, is_month=True)):
                cell = counts[(item.place.school, item.place.grade)]
                cell[0] += 1
                cell[1] += item.outcome == "flagged"
            for school, grade in sorted(counts, key=_in_order):
                pupils, count = counts[(school, grade)]
                minutes = count * minutes_per_flag
                found.append(Tried(one, month, school, grade, pupils, count, minutes))
    return found
