"""Whom every combination flags, month end by month end, over windows of whole months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from narvaro.flags.combination import Combination
from narvaro.flags.places import Cells, cells_on, enrolments_of
from narvaro.flags.scope import Roster
from narvaro.flags.sweep import Months, flagged, running, window_sums
from narvaro.measurement.absence import speaking_summaries
from narvaro.measurement.months import minutes_by_month
from narvaro.programmes import Programme
from narvaro.timetable import At, Month, Period, SchoolYear, Window


@dataclass(frozen=True)
class Hits:
    """One window at one month end: where every pupil lies, and whose columns each try flags."""

    month: Month
    pupils: Any
    cells: Cells
    columns: Mapping[Combination, Any]


def hits(
    roster: Roster,
    combinations: Sequence[Combination],
    *,
    months: Sequence[Month],
    scope: Programme,
) -> Iterator[Hits]:
    """Flag every pupil, in scope or not, by each combination at each month end."""
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
            found = dict(flagged(sums, group))
            columns = {one: found[one] for one in group}
            yield Hits(month, table.pupils, cells.with_nowhere(known), columns)


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
