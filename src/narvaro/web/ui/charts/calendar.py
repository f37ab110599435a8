"""The school year as squares: weeks are columns, Monday to Friday are rows.

`YearCalendar(title, days, today=…)` takes one `CalendarDay` for every Monday to Friday, in order.
A square fills from below with the share of the day that was missed: valid solid, leave solid
with an L, unclassified in a lighter tone, invalid striped; what nobody acknowledged is hatched
from the top. A day that a source only told of in a sum for a whole period is a dashed square; the
sums are rows of the table, as are days `beside` that have no square, and `whole` is its last.
Days off are empty and named, days to come are dots, days before or after the enrolment nothing. A
wide page gets the year, a narrow one the term that holds `today` (or the year there too, with
`whole_year_everywhere`). Draw it with `{% chart value %}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from narvaro.timetable import half_year
from narvaro.web.ui.charts.calendar_days import CalendarDay, CalendarSum, DayKind
from narvaro.web.ui.charts.calendar_drawing import CalendarDrawing
from narvaro.web.ui.charts.canvas import Size
from narvaro.web.ui.charts.chart import ChartTable
from narvaro.web.ui.charts.words import minutes_text, percent_text, short_day


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """See the module."""

    title: str
    days: Sequence[CalendarDay]
    today: date
    whole_year_everywhere: bool = False
    beside: Sequence[CalendarDay] = ()
    sums: Sequence[CalendarSum] = ()
    whole: CalendarSum | None = None

    template = "ui/charts/calendar.html"
    legend_template = "ui/charts/calendar_legend.html"

    @property
    def drawn(self) -> Sequence[CalendarDrawing]:
        """The year for a wide page, the term for a narrow one."""
        half = half_year(self.today)
        term = [day for day in self.days if half.holds(day.on)] or self.days
        narrow = self.days if self.whole_year_everywhere else term
        return [
            CalendarDrawing(self, Size("year", 0), self.days, pitch=24),
            CalendarDrawing(self, Size("term", 0), narrow, pitch=14),
            CalendarDrawing(self, Size("smallest-term", 0), narrow, pitch=11),
        ]

    @property
    def has_unclassified(self) -> bool:
        """The legend says what the lighter tone is."""
        return any(day.unclassified for day in self.days)

    @property
    def has_sums(self) -> bool:
        """The legend says what a dashed square is."""
        return any(day.kind == DayKind.SUM for day in self.days)

    @property
    def table(self) -> ChartTable:
        """The days on which something was missed, or not acknowledged, and days off."""
        head = [_("Dag"), _("Lektioner"), _("Giltig"), _("varav ledighet"), _("Ogiltig")]
        head += [_("Oklassad"), _("Inte kvitterat"), _("Frånvaro")]
        told = [(day.on, _row(day)) for day in (*self.days, *self.beside) if _is_told(day)]
        told += [(one.last, _sum_row(one)) for one in self.sums]
        rows = [row for _on, row in sorted(told, key=lambda pair: pair[0])]
        rows = rows or [_no_row(len(head))]
        rows += [_sum_row(self.whole)] if self.whole else []
        return ChartTable(self.title, head, rows, frozenset(range(1, 8)))


def _is_told(day: CalendarDay) -> bool:
    return day.kind != DayKind.SUM and bool(day.absent or day.missing or day.name)


def _row(day: CalendarDay) -> Sequence[str]:
    if day.kind != DayKind.LESSONS:
        return [f"{short_day(day.on)} ({day.name})", *[""] * 7]
    minutes = (day.valid, day.leave, day.invalid, day.unclassified, day.missing)
    written = [_minutes(one) for one in minutes]
    return [short_day(day.on), str(day.lessons), *written, percent_text(day.share)]


def _sum_row(one: CalendarSum) -> Sequence[str]:
    minutes = (one.valid, one.leave, one.invalid, one.unclassified, one.missing)
    lessons = "–" if one.lessons is None else str(one.lessons)
    return [one.name, lessons, *(_minutes(few) for few in minutes), percent_text(one.share)]


def _minutes(minutes: int | None) -> str:
    return f"{minutes_text(minutes)} min" if minutes else "–"


def _no_row(cells: int) -> Sequence[str]:
    return [_("Ingen frånvaro"), *[""] * (cells - 1)]
