"""A share month by month, with how much was acknowledged under it.

`TrendChart(title, points, name=…)` draws one line for a school, a grade or the municipality, and
if `other` is given a dashed one to compare with (as many shares as there are points). A point
is filled where at least `goal` per cent of the time was acknowledged and hollow elsewhere;
squares under the line say how much. A point without `share` breaks the line; stretches of points
without `coverage` are shaded, with the first `note` among them. `events` are
numbered diamonds on dashed lines, and told in words under it. Draw it with `{% chart value %}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.shares import Share
from narvaro.web.ui.charts.canvas import (
    LEFT,
    SIZES,
    Box,
    Scale,
    Size,
    Text,
    apart,
    percent,
    points,
    reaches_percent,
    stretches,
)
from narvaro.web.ui.charts.chart import ChartTable
from narvaro.web.ui.charts.rolling_marks import DoneMark
from narvaro.web.ui.charts.trend_events import ROW, EventMark, event_marks, of_month
from narvaro.web.ui.charts.trend_points import TrendPoint
from narvaro.web.ui.charts.words import percent_text, short_month, whole_percent

_HEIGHT, _PLOT, _NAME_ROW = 252, 150, 20


@dataclass(frozen=True, slots=True)
class TrendChart:
    """See the module. `share_means` heads the share's column in the table."""

    title: str
    points: Sequence[TrendPoint]
    name: str
    goal: int = 95
    other: Sequence[Share | None] = ()
    other_name: str = ""
    share_means: str = ""
    events: Sequence[DoneMark] = ()

    template = "ui/charts/trend.html"

    @property
    def legend_template(self) -> str:
        """The events in words, where there are any."""
        return "ui/charts/trend_legend.html" if self.events else ""

    @property
    def drawn(self) -> Sequence[TrendDrawing]:
        """The drawings, widest first; on a narrow one only the last months that have room."""
        return [_cut(self, size) for size in SIZES]

    @property
    def table(self) -> ChartTable:
        """Month, share, the other's share, acknowledged, what happened."""
        head = [_("Månad"), self.share_means or self.name]
        if self.other:
            head.append(self.other_name)
        head.append(_("Kvitterad tid"))
        numeric = frozenset(range(1, len(head)))
        head += [_("Händelse")] if self.events else []
        rows = []
        for place, point in enumerate(self.points):
            row = [f"{short_month(point.month)} {point.month.year}", percent_text(point.share)]
            if self.other:
                row.append(percent_text(self.other[place]))
            row.append(percent_text(point.coverage))
            row += [of_month(self.events, point.month)] if self.events else []
            rows.append(row)
        return ChartTable(self.title, head, rows, numeric)


def _cut(chart: TrendChart, size: Size) -> TrendDrawing:
    room = max(2, (size.width - LEFT - 12) // 24)
    return TrendDrawing(chart, size, chart.points[-room:], chart.other[-room:])


@dataclass(frozen=True, slots=True)
class TrendDrawing:
    """Where everything of a trend stands in one width."""

    chart: TrendChart
    size: Size
    points: Sequence[TrendPoint]
    other: Sequence[Share | None]

    @property
    def height(self) -> int:
        return _HEIGHT + self.top - 22

    @property
    def right(self) -> float:
        return self.size.width - (112 if self.size.is_wide else 14)

    @property
    def left(self) -> int:
        return LEFT

    @property
    def top(self) -> int:
        """Where the lines have no room for their names at the end, the names stand over them."""
        return 22 + _NAME_ROW * self._name_rows + ROW * self._event_rows

    @property
    def _name_rows(self) -> int:
        return 0 if self.size.is_wide else 2 if self.other else 1

    @property
    def _event_rows(self) -> int:
        return 1 + max((one.row for one in self._events), default=-1)

    @property
    def _events(self) -> Sequence[EventMark]:
        months = [point.month for point in self.points]
        return event_marks(self.chart.events, months, left=LEFT, step=self.step)

    @property
    def events(self) -> Sequence[tuple[float, float, int, str]]:
        """Diamonds over the lines: x, y, number, what it was."""
        first = 12 + _NAME_ROW * self._name_rows
        return [(one.x, first + ROW * one.row, one.number, one.says) for one in self._events]

    @property
    def floor(self) -> int:
        return self.top + _PLOT

    @property
    def under(self) -> int:
        """The top of the squares."""
        return self.floor + 14

    @property
    def step(self) -> float:
        return (self.right - LEFT) / len(self.points)

    @property
    def scale(self) -> Scale:
        every = [percent(point.share) for point in self.points] + [percent(s) for s in self.other]
        shares = [share for share in every if share is not None]
        return Scale.over(shares, top=self.top, bottom=self.floor)

    def x(self, place: int) -> float:
        return round(LEFT + self.step * (place + 0.5), 1)

    @property
    def shades(self) -> Sequence[tuple[Box, Text | None]]:
        """Months without lessons, and their name where it fits."""
        return [self._shade(run) for run in stretches(p.coverage is None for p in self.points)]

    def _shade(self, run: range) -> tuple[Box, Text | None]:
        x, width = LEFT + self.step * run.start, self.step * len(run)
        says = next((self.points[n].note for n in run if self.points[n].note), "")
        box = Box(round(x, 1), self.top, round(width, 1), _PLOT)
        if not says or width < 7 * len(says):
            return box, None
        return box, Text(round(x + width / 2, 1), self.top + _PLOT / 2, says, "middle")

    @property
    def lines(self) -> Sequence[str]:
        """The unbroken parts of the line."""
        return self._parts([point.share for point in self.points])

    @property
    def other_lines(self) -> Sequence[str]:
        """The unbroken parts of the line to compare with."""
        return self._parts(self.other)

    def _parts(self, shares: Sequence[Share | None]) -> Sequence[str]:
        runs = stretches(share is not None for share in shares)
        return [points((self.x(n), self._y(shares[n])) for n in run) for run in runs]

    def _y(self, share: Share | None) -> float:
        return self.scale.y(percent(share) or 0)

    @property
    def marks(self) -> Sequence[tuple[float, float, bool]]:
        """A point for each known month: x, y, whether enough was acknowledged."""
        return [
            (self.x(n), self._y(one.share), reaches_percent(one.coverage, self.chart.goal))
            for n, one in enumerate(self.points)
            if one.share is not None
        ]

    @property
    def names(self) -> Sequence[tuple[Text, str]]:
        """What the lines are, at their ends or over them, and the class of a sample of each."""
        last = len(self.points) - 1
        own, other = self.points[last].share, self.other[last] if self.other else None
        first, second = self._y(own), self._y(other)
        first, second = apart(first, second) if own and other else (first, second)
        if not self.size.is_wide:
            first, second = 10.0, 10.0 + _NAME_ROW
        x = self.x(last) + 14 if self.size.is_wide else 30.0
        said = (
            (first, own, self.chart.name, "strong halo", "c-line-a"),
            (second, other, self.chart.other_name, "ink2 halo", "c-line-b"),
        )
        return [
            (Text(x, y + 4, f"{name} {percent_text(share)}".strip(), kind=kind), sample)
            for y, share, name, kind, sample in said
            if share is not None
        ]

    @property
    def squares(self) -> Sequence[tuple[Box, Text, bool]]:
        """How much was acknowledged, under each month: the square, its number, if enough."""
        half = min(17.0, self.step / 2 - 1)
        return [
            (
                Box(round(self.x(n) - half, 1), self.under, round(half * 2, 1), 22),
                Text(self.x(n), self.under + 15, str(whole_percent(one.coverage)), "middle"),
                reaches_percent(one.coverage, self.chart.goal),
            )
            for n, one in enumerate(self.points)
            if one.coverage is not None
        ]

    @property
    def months(self) -> Sequence[Text]:
        """The months' names, every second where it is narrow, and the years under them."""
        every = 1 if self.step >= 30 else 2
        last, found, year = len(self.points) - 1, [], 0
        for n, point in enumerate(self.points):
            if (last - n) % every:
                continue
            found.append(Text(self.x(n), self.under + 40, short_month(point.month), "middle"))
            if point.month.year != year:
                year = point.month.year
                found.append(Text(self.x(n), self.under + 57, str(year), "middle", "strong"))
        return found
