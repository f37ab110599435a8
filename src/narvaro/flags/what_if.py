"""What if: how many pupils other rules would have flagged, and the hours that takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from narvaro.engine import sql_beside
from narvaro.errors import BadRequest
from narvaro.flags.flag import judge_all
from narvaro.flags.scope import Place, Roster, pupils_in_scope
from narvaro.flags.sweep import Months, WindowSums, dense, flagged, window_sums, with_summaries
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import joins, standing
from narvaro.measurement.absence import speaking_summaries
from narvaro.programmes import Operator, Programme, Rule, Text
from narvaro.timetable import At, Month, Period, SchoolYear, Window

DEFAULT_FLOOR = Fraction(80)
"""Coverage in per cent below which a share decides nothing (architecture, outcomes)."""


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

    A rule that exists gives exactly the count of its month-end run. Windows are whole months
    (`month`, `rolling-months:N`, `school-year` and, without a calendar, `term`).
    """
    moment = known_at or datetime.now(UTC)
    roster = Roster(snapshot, moment)
    table = _months(snapshot, combinations, months, moment)
    if table is None:
        return _slowly(roster, combinations, months, scope, minutes_per_flag)
    found: list[Tried] = []
    for month in months:
        places = pupils_in_scope(roster, scope, month.last_day, _known(roster, table))
        for window, group in _by_window(combinations).items():
            first, last = _span(window, month)
            sums = window_sums(table, first=first, last=last)
            period = Period(first.first_day, last.last_day)
            cells = _cells(table.pupils, _within(roster, table, places, sums, period))
            for one in group:
                hits = flagged(
                    sums,
                    operator=one.operator,
                    limit=one.limit,
                    floor=one.floor,
                    minimum=one.minimum,
                )
                found += _tried(one, month, cells, hits, minutes_per_flag)
    return found


def _known(roster: Roster, table: Months) -> Iterable[int]:
    return dict.fromkeys([*table.pupils, *roster.enrolments])


def _months(
    snapshot: Snapshot,
    combinations: Sequence[Combination],
    months: Sequence[Month],
    known_at: datetime,
) -> Months | None:
    """The dense months, or None where only the slow way is exact."""
    if (
        snapshot.batch.newest_recorded_at > known_at
        or joins(snapshot)
        or not months
        or max(months).last_day >= known_at.date()
        or not all(_is_whole_months(snapshot, one.window, known_at) for one in combinations)
    ):
        return None
    first = min(_span(one.window, month)[0] for one in combinations for month in months)
    last = max(months)
    rows = snapshot.engine.query(
        sql_beside(__file__, "pupil_months.sql"),
        tables=snapshot.tables("pupil_month"),
        parameters={"from_month": _yyyymm(first), "to_month": _yyyymm(last)},
    )
    spread = dense(rows, first.number, last.number - first.number + 1)
    found = speaking_summaries(snapshot, Period(first.first_day, last.last_day), known_at)
    return with_summaries(spread, found)


def _is_whole_months(snapshot: Snapshot, window: Window, known_at: datetime) -> bool:
    if window.kind == "term":
        return not standing(snapshot, "calendar", known_at)
    return window.kind in ("month", "rolling-months", "school-year")


def _yyyymm(month: Month) -> int:
    return month.first_day.year * 100 + month.first_day.month


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


def _within(
    roster: Roster,
    table: Months,
    places: Mapping[int, Place],
    sums: WindowSums,
    period: Period,
) -> dict[int, Place]:
    """Those of the places that the window knows: enrolled in it, or with minutes in it."""
    present = {
        pupil
        for pupil, minutes, straddled in zip(
            table.pupils, sums.scheduled.tolist(), sums.straddled.tolist(), strict=True
        )
        if minutes or straddled
    }
    return {
        pupil: place
        for pupil, place in places.items()
        if place.school is not None
        or pupil in present
        or any(one.overlaps(period) for one in roster.enrolments.get(pupil, ()))
    }


Cells = Mapping[tuple[str | None, str | None], tuple[int, list[int]]]
"""(school, grade) → how many pupils are in scope there, and their rows in the arrays."""


def _cells(pupils: Sequence[int], places: Mapping[int, Place]) -> Cells:
    row_of = {pupil: row for row, pupil in enumerate(pupils)}
    counts: defaultdict[tuple[str | None, str | None], int] = defaultdict(int)
    rows: defaultdict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for pupil, place in places.items():
        cell = (place.school, place.grade)
        counts[cell] += 1
        if pupil in row_of:
            rows[cell].append(row_of[pupil])
    return {cell: (count, rows[cell]) for cell, count in counts.items()}


def _tried(
    one: Combination, month: Month, cells: Cells, hits: Any, minutes_per_flag: int
) -> Iterable[Tried]:
    for (school, grade), (pupils, rows) in sorted(cells.items(), key=_in_order):
        count = int(hits[rows].sum()) if rows else 0
        yield Tried(one, month, school, grade, pupils, count, count * minutes_per_flag)


def _in_order(item: tuple[tuple[str | None, str | None], Any]) -> tuple[str, str]:
    return item[0][0] or "", item[0][1] or ""


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
            for (school, grade), (pupils, count) in sorted(counts.items(), key=_in_order):
                minutes = count * minutes_per_flag
                found.append(Tried(one, month, school, grade, pupils, count, minutes))
    return found
