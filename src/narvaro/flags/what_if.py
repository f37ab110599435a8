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
        placed = {pupil: place for pupil, place in places.items() if place.school is not None}
        loose = [pupil for pupil, place in places.items() if place.school is None]
        known = Cells.of(table.pupils, placed)
        for window, group in _by_window(combinations).items():
            first, last = _span(window, month)
            sums = window_sums(table, first=first, last=last)
            within = _within(roster, table, loose, sums, Period(first.first_day, last.last_day))
            cells = known.with_nowhere(table.pupils, within)
            for one in group:
                hits = flagged(
                    sums,
                    operator=one.operator,
                    limit=one.limit,
                    floor=one.floor,
                    minimum=one.minimum,
                )
                found += _tried(one, month, cells, cells.counts_of(hits), minutes_per_flag)
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
    roster: Roster, table: Months, loose: Sequence[int], sums: WindowSums, period: Period
) -> list[int]:
    """Those of the pupils placed nowhere that the window knows: enrolled or taught in it."""
    if not loose:
        return []
    row_of = {pupil: row for row, pupil in enumerate(table.pupils)}
    taught = (sums.scheduled > 0) | sums.straddled
    return [
        pupil
        for pupil in loose
        if (pupil in row_of and taught[row_of[pupil]])
        or any(one.overlaps(period) for one in roster.enrolments.get(pupil, ()))
    ]


@dataclass(frozen=True)
class Cells:
    """The pupils in scope by (school, grade): how many, and which cell each array row lies in."""

    names: Sequence[tuple[str | None, str | None]]
    pupils: Sequence[int]
    cell_of_row: Any

    @classmethod
    def of(cls, pupils: Sequence[int], places: Mapping[int, Place]) -> Cells:
        """The cells of a month; rows of pupils out of scope lie in a last cell of their own."""
        import numpy as np

        names = sorted({(one.school, one.grade) for one in places.values()}, key=_in_order)
        index = {name: number for number, name in enumerate(names)}
        counts = [0] * len(names)
        cell_of = {}
        for pupil, place in places.items():
            cell_of[pupil] = index[(place.school, place.grade)]
            counts[cell_of[pupil]] += 1
        rows = np.array([cell_of.get(pupil, len(names)) for pupil in pupils], dtype=np.int64)
        return cls(names, counts, rows)

    def with_nowhere(self, pupils: Sequence[int], nowhere: Sequence[int]) -> Cells:
        """The same cells and one more, of pupils enrolled nowhere on the day."""
        if not nowhere:
            return self
        row_of = {pupil: row for row, pupil in enumerate(pupils)}
        rows = [row_of[pupil] for pupil in nowhere if pupil in row_of]
        cell_of_row = self.cell_of_row.copy()
        cell_of_row[cell_of_row == len(self.names)] += 1
        cell_of_row[rows] = len(self.names)
        return Cells([*self.names, (None, None)], [*self.pupils, len(nowhere)], cell_of_row)

    def counts_of(self, hits: Any) -> list[int]:
        """How many of some rows (a mask) lie in each cell."""
        import numpy as np

        counts: list[int] = np.bincount(
            self.cell_of_row[hits], minlength=len(self.names) + 1
        ).tolist()
        return counts[: len(self.names)]


def _tried(
    one: Combination, month: Month, cells: Cells, counts: Sequence[int], minutes_per_flag: int
) -> Iterable[Tried]:
    for (school, grade), pupils, count in zip(cells.names, cells.pupils, counts, strict=True):
        yield Tried(one, month, school, grade, pupils, count, count * minutes_per_flag)


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
