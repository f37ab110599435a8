"""How much was acknowledged, place by week or month: the table's columns, rows and order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from narvaro.quality import LessonCounts
from narvaro.quality.counting import together
from narvaro.shares import Share
from narvaro.timetable import Calendar, Month, Period, Week, month_name
from narvaro.web.figures.registration.evidence import Evidence
from narvaro.web.ui.charts import BREAK, NO_TIMETABLE, HeatColumn, HeatRow
from narvaro.web.ui.charts.heat import NoShare
from narvaro.web.ui.charts.words import short_month
from narvaro.web.ui.written import language
from narvaro.web.ui.written import share as percent

WEEKS = 11
Days = Mapping[date, LessonCounts]
By = Callable[[LessonCounts], Share | None]


@dataclass(frozen=True, slots=True)
class Column:
    """A week or month as far as it is over."""

    days: Period
    label: str
    name: str
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A school or class, before it is drawn; `goal` is the share to be acknowledged, per cent."""

    name: str
    days: Days
    calendar: Calendar
    goal: Fraction
    url: str = ""
    _added: dict[Period, LessonCounts] = field(default_factory=dict, init=False, repr=False)

    def over(self, period: Period) -> LessonCounts:
        """The lessons of a period; added up once, for a cell, the order and the sums ask alike."""
        if period not in self._added:
            held = (self.days.get(day) for day in period.days())
            self._added[period] = together(one for one in held if one is not None)
        return self._added[period]


def weeks(evidence: Evidence, schools: Iterable[str]) -> tuple[Column, ...]:
    """The last eleven weeks of the terms of some schools whose Friday is over; else the one begun."""
    over = _over(evidence, schools)
    found = {Week.holding(day) for day in over}
    whole = [one for one in sorted(found) if one.period.to_on - timedelta(days=2) < evidence.today]
    return tuple(
        Column(one.period, str(one.number), _("vecka %(n)d") % {"n": one.number}, one in whole)
        for one in (whole or sorted(found))[-WEEKS:]
    )


def months(evidence: Evidence, schools: Iterable[str]) -> tuple[Column, ...]:
    """The months of the terms of some schools, the one that is begun as far as it is over."""
    found = {Month.holding(day) for day in _over(evidence, schools)}
    return tuple(
        Column(
            one.period,
            short_month(one.first_day),
            month_name(one.first_day.month, language()),
            one.last_day < evidence.today,
        )
        for one in sorted(found)
    )


def _over(evidence: Evidence, schools: Iterable[str]) -> set[date]:
    terms = {evidence.term_so_far(school) for school in schools} - {None}
    return {day for term in terms if term for day in term.days()}


def heads(columns: Sequence[Column], lines: Sequence[Line]) -> list[HeatColumn]:
    """The columns' heads; a week in which no place has school days is a break for all."""
    return [
        HeatColumn(one.label, _note(one, lines), _("%(from)s till %(to)s") % _ends(one))
        for one in columns
    ]


def _note(column: Column, lines: Sequence[Line]) -> str:
    if lines and all(not any(line.calendar.school_days(column.days)) for line in lines):
        return _("lov")
    return "" if column.is_whole else _("hittills")


def _ends(column: Column) -> dict[str, str]:
    return {"from": column.days.from_on.isoformat(), "to": column.days.to_on.isoformat()}


def row_of(line: Line, columns: Sequence[Column], by: By, *more: object) -> HeatRow:
    """A line's cells, its shares of all columns together, and what else stands after them."""
    whole = counts_of(line, columns)
    after = (percent(whole.by_time, line.goal), percent(whole.by_lessons, line.goal), *more)
    cells = [_cell(line, one, by) for one in columns]
    return HeatRow(line.name, cells, after, line.url)  # type: ignore[arg-type]


def counts_of(line: Line, columns: Sequence[Column]) -> LessonCounts:
    """The lessons of a line over all columns."""
    return together(line.over(one.days) for one in columns)


def most_help_first(lines: Iterable[Line], columns: Sequence[Column]) -> list[Line]:
    """Lines without a timetable first, then those with the least of their time acknowledged."""

    def need(line: Line) -> tuple[Fraction, str]:
        found = counts_of(line, columns).by_time
        return (Fraction(-1) if found is None else Fraction(*found), line.name)

    return sorted(lines, key=need)


def _cell(line: Line, column: Column, by: By) -> Share | NoShare:
    found = by(line.over(column.days))
    if found is not None:
        return found
    return NO_TIMETABLE if any(line.calendar.school_days(column.days)) else BREAK
