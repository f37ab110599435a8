"""All school years in one picture: a line for each, month by month from August to June.

`YearsChart(title, years)` takes a `YearLine` for each school year, the oldest first; the last is
drawn as this year, the others dashed and dotted, and each is named at its end. A month is a
`YearPoint` of pairs of integers: `share` absent of acknowledged minutes in that month alone,
`coverage` acknowledged of scheduled; a point is hollow where less than `goal` per cent was
acknowledged. Draw it with `{% chart value %}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from narvaro.shares import Share
from narvaro.web.ui.charts.canvas import (
    LEFT,
    SIZES,
    Scale,
    Size,
    Text,
    percent,
    points,
    reaches_percent,
    stretches,
)
from narvaro.web.ui.charts.chart import ChartTable
from narvaro.web.ui.charts.words import percent_text, short_month

MONTHS = (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6)
_TOP, _PLOT, _ROW = 14, 170, 18
_STYLES = ("c-line-a", "c-line-b", "c-line-c", "c-line-d")


@dataclass(frozen=True, slots=True)
class YearPoint:
    """One month of a school year."""

    share: Share | None
    coverage: Share | None = None


@dataclass(frozen=True, slots=True)
class YearLine:
    """A school year: `2025/26`, its months by number, and its share so far as a whole."""

    name: str
    months: Mapping[int, YearPoint]
    whole: Share | None


@dataclass(frozen=True, slots=True)
class YearsChart:
    """See the module."""

    title: str
    years: Sequence[YearLine]
    goal: int = 95

    template = "ui/charts/years.html"

    @property
    def drawn(self) -> Sequence[YearsDrawing]:
        """The drawings, widest first."""
        return [YearsDrawing(self, size) for size in SIZES]

    @property
    def table(self) -> ChartTable:
        """A row a year: each month and the whole."""
        head = [_("Läsår"), *(_month(number) for number in MONTHS), _("Hela")]
        rows = [
            [
                year.name,
                *(percent_text(_share(year, number)) for number in MONTHS),
                percent_text(year.whole),
            ]
            for year in self.years
        ]
        return ChartTable(self.title, head, rows, frozenset(range(1, len(head))))


def _share(year: YearLine, number: int) -> Share | None:
    point = year.months.get(number)
    return None if point is None else point.share


def _month(number: int) -> str:
    return short_month(date(2000, number, 1))


@dataclass(frozen=True)
class YearsDrawing:
    """Where everything of the years stands in one width."""

    chart: YearsChart
    size: Size

    @property
    def left(self) -> int:
        return LEFT

    @property
    def top(self) -> int:
        """Where lines have no room for their names at the end, the names stand over them."""
        return _TOP + (0 if self.size.is_wide else _ROW * len(self.chart.years))

    @property
    def bottom(self) -> int:
        return self.top + _PLOT

    @property
    def height(self) -> int:
        return self.bottom + 30

    @property
    def right(self) -> float:
        return self.size.width - (120 if self.size.is_wide else 12)

    @cached_property
    def scale(self) -> Scale:
        every = [percent(_share(year, n)) or 0 for year in self.chart.years for n in MONTHS]
        return Scale.over(every, top=self.top, bottom=self.bottom)

    def _x(self, place: int) -> float:
        return round(LEFT + 14 + (self.right - LEFT - 28) * place / (len(MONTHS) - 1), 1)

    def _style(self, place: int) -> str:
        """This year is the first style; of earlier ones the latest is the second."""
        return _STYLES[min(len(self.chart.years) - 1 - place, len(_STYLES) - 1)]

    @property
    def lines(self) -> Sequence[tuple[str, str]]:
        """The class and the points of every unbroken part of every line."""
        found = []
        for place, year in enumerate(self.chart.years):
            shares = [_share(year, number) for number in MONTHS]
            for run in stretches(share is not None for share in shares):
                places = [(self._x(n), self.scale.y(percent(shares[n]) or 0)) for n in run]
                found.append((self._style(place), points(places)))
        return found

    @property
    def marks(self) -> Sequence[tuple[float, float, bool]]:
        """This year's points, and the first and only point of a line that has but one."""
        if not self.chart.years:
            return []
        months = self.chart.years[-1].months
        return [
            (
                self._x(n),
                self.scale.y(percent(point.share) or 0),
                reaches_percent(point.coverage, self.chart.goal),
            )
            for n, number in enumerate(MONTHS)
            if (point := months.get(number)) is not None and point.share is not None
        ]

    @property
    def names(self) -> Sequence[tuple[str, Text]]:
        """The years, at the right or over the lines, each with a sample of its line."""
        found = []
        for row, place in enumerate(reversed(range(len(self.chart.years)))):
            year = self.chart.years[place]
            kind = "strong" if place == len(self.chart.years) - 1 else "ink2"
            x = self.right + 32 if self.size.is_wide else 30
            says = f"{year.name} {percent_text(year.whole)}"
            found.append((self._style(place), Text(x, 14 + _ROW * row, says, kind=kind)))
        return found

    @property
    def months(self) -> Sequence[Text]:
        """August to June; every second where it is narrow."""
        every = 1 if self.size.is_wide else 2
        return [
            Text(self._x(n), self.bottom + 20, _month(number), "middle")
            for n, number in enumerate(MONTHS)
            if n % every == 0
        ]
