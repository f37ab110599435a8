"""What if: how many pupils other rules would have flagged, and the hours that takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from narvaro.errors import BadRequest
from narvaro.flags.flag import judge_all
from narvaro.flags.places import cells_on, enrolments_of
from narvaro.flags.scope import Roster
from narvaro.flags.sweep import Months, flagged, running, window_sums
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import standing
from narvaro.measurement.absence import speaking_summaries
from narvaro.measurement.months import minutes_by_month
from narvaro.programmes import Operator, Programme, Rule, Text
from narvaro.timetable import At, Month, Period, SchoolYear, Window

DEFAULT_FLOOR = Fraction(80)
"""Coverage in per cent below which a share decides nothing (docs/explanation/flags.md)."""


@dataclass(frozen=True, slots=True)
class Combination:
    """One rule to try: window, operator and limit in exact per cent."""

    window: Window
    operator: Operator
    limit: Fraction
    floor: Fraction = DEFAULT_FLOOR
    minimum: int = 0

    @classmethod
    def of(cls, rule: Rule) -> Combination:
        """The combination that a programme's rule is; one with an upper limit is none."""
        if rule.upper_limit is not None:
            raise BadRequest(
                "A rule with an upper limit cannot be tried against others.",
                remedy="Try its lower limit.",
            )
        minimum = rule.minimum_minutes or 0
        return cls(rule.window, rule.operator, rule.limit, rule.coverage_floor, minimum)

    @property
    def rule(self) -> Rule:
        """The combination as a rule of no programme."""
        return Rule(
            id="tried",
            name=Text("prövad", "tried"),
            window=self.window,
            measure="all-absence",
            operator=self.operator,
            limit=self.limit,
            upper_limit=None,
            upper_operator="<=",
            coverage_floor=self.floor,
            minimum_minutes=self.minimum or None,
            minimum_reason=None,
            check_on=(),
            after_step=None,
            leads_to=None,
            source=(),
            assumption=True,
            assumption_text=None,
        )


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
    enrolments = enrolments_of(roster)
    table = _months(roster, combinations, months, enrolments.pupil)
    by_window, column = _by_window(combinations), table.places_of(enrolments.pupil)
    for month in months:
        cells = cells_on(roster, enrolments, scope, month.last_day, table.pupils)
        for window, group in by_window.items():
            first, last = _span(window, month)
            sums = window_sums(table, first=first, last=last)
            known = (sums.scheduled > 0) | sums.straddled
            period = Period(first.first_day, last.last_day)
            known[column[enrolments.overlap(period)]] = True
            within = cells.with_nowhere(known)
            found = {one: within.counts(hits) for one, hits in flagged(sums, group)}
            flags = {one: found[one] for one in group}
            yield month, Swept(within.names, within.counts(), flags)


def _months(
    roster: Roster,
    combinations: Sequence[Combination],
    months: Sequence[Month],
    enrolled: Any,
) -> Months:
    first = min(_span(one.window, month)[0] for one in combinations for month in months)
    last = max(months)
    minutes = minutes_by_month(roster.snapshot, first, last, roster.known_at)
    period = Period(first.first_day, last.last_day)
    return running(minutes, speaking_summaries(roster.snapshot, period, roster.known_at), enrolled)


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


def _span(window: Window, month: Month) -> tuple[Month, Month]:
    """The whole months of a window that looks no further than its month end."""
    if window.kind == "school-year":
        return Month.holding(SchoolYear.holding(month.first_day).period.from_on), month
    return Month.holding(window.period(At(month.last_day)).from_on), month


def _by_window(combinations: Sequence[Combination]) -> Mapping[Window, list[Combination]]:
    found: defaultdict[Window, list[Combination]] = defaultdict(list)
    for one in combinations:
        found[one.window].append(one)
    return found


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
