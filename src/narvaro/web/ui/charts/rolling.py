"""A pupil's share over time against the limits in force, and what was done meanwhile.

`RollingChart(title, points, period=…, limits=…)` takes a `RollingPoint` for every school day on
which the window held enough school days; nothing is drawn before the first of them, and
`too_few` says why. What lessons not acknowledged could make of the share is hatched. `flags` are
squares, `done` are numbered diamonds on dashed lines, `pauses` are shaded. The curve shows what
happened after something was done, never what it did: a page says so under it. Draw it with
`{% chart value %}`; the list of what was done, by number, is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from narvaro.shares import Share
from narvaro.timetable import Period
from narvaro.web.ui.charts.canvas import LEFT, SIZES, Box, Scale, Size, Text, percent, points
from narvaro.web.ui.charts.chart import ChartTable
from narvaro.web.ui.charts.days_axis import DaysAxis, Pause
from narvaro.web.ui.charts.rolling_marks import DoneMark, FlagMark, RollingPoint
from narvaro.web.ui.charts.words import limit_text, percent_text, short_day

_PLOT, _MARK = 200, 7.5
_LINE_BREAK = 12
"""Days without a point after which the line is broken: longer than any break of a week."""


@dataclass(frozen=True, slots=True)
class RollingChart:
    """See the module. `limits` are exact per cents; the first is the one shares are told from."""

    title: str
    points: Sequence[RollingPoint]
    period: Period
    limits: Sequence[Fraction]
    flags: Sequence[FlagMark] = ()
    done: Sequence[DoneMark] = ()
    pauses: Sequence[Pause] = ()
    too_few: str = ""

    template = "ui/charts/rolling.html"

    @property
    def limit(self) -> Fraction | None:
        """The limit that shares are told from."""
        return self.limits[0] if self.limits else None

    @property
    def drawn(self) -> Sequence[RollingDrawing]:
        """The drawings, widest first."""
        return [RollingDrawing(self, size) for size in SIZES]

    @property
    def table(self) -> ChartTable:
        """The share at the end of each week, and every flag and everything done on its day."""
        head = [_("Dag"), _("Frånvaro"), _("Lägst"), _("Högst"), _("Händelse")]
        ends = {one.on.isocalendar()[:2]: one for one in self.points}
        rows = [
            (one.on, [*(percent_text(s, self.limit) for s in (one.share, one.low, one.high)), ""])
            for one in ends.values()
        ]
        rows += [
            (one.on, [percent_text(one.share, self.limit), "", "", _("Flagga")])
            for one in self.flags
        ]
        rows += [(one.on, ["", "", "", f"{one.number}. {one.what}"]) for one in self.done]
        every = [[short_day(on), *cells] for on, cells in sorted(rows, key=lambda row: row[0])]
        empty = [[_("Inget att visa"), "", "", "", ""]]
        return ChartTable(self.title, head, every or empty, frozenset({1, 2, 3}))


@dataclass(frozen=True)
class RollingDrawing:
    """Where everything of a rolling line stands in one width."""

    chart: RollingChart
    size: Size

    @property
    def height(self) -> int:
        return int(self.bottom) + 34

    @property
    def left(self) -> int:
        return LEFT

    @property
    def right(self) -> float:
        return self.size.width - (64 if self.size.is_wide else 14)

    @cached_property
    def axis(self) -> DaysAxis:
        return DaysAxis(self.chart.period, LEFT, self.right)

    @cached_property
    def _rows(self) -> int:
        """How many rows the diamonds need, so that none covers another."""
        return 1 + max((row for _x, row in self._places), default=-1)

    @cached_property
    def _places(self) -> Sequence[tuple[float, int]]:
        """Each diamond's x and row: the first row where it is clear of the one before."""
        ends: list[float] = []
        found = []
        for one in self.chart.done:
            x = self.axis.x(one.on)
            row = next((n for n, end in enumerate(ends) if x - end > 2.4 * _MARK), len(ends))
            ends[row : row + 1] = [x]
            found.append((x, row))
        return found

    @property
    def top(self) -> float:
        return 16 + (2.4 * _MARK) * self._rows

    @property
    def bottom(self) -> float:
        return self.top + _PLOT

    @cached_property
    def scale(self) -> Scale:
        highest = [percent(one.high) or 0 for one in self.chart.points]
        over = [float(limit) * 1.3 for limit in self.chart.limits]
        return Scale.over([*highest, *over], top=self.top, bottom=self.bottom)

    @cached_property
    def _parts(self) -> Sequence[Sequence[RollingPoint]]:
        """The points in unbroken stretches."""
        found: list[list[RollingPoint]] = []
        before: RollingPoint | None = None
        for one in self.chart.points:
            is_near = before is not None and (one.on - before.on).days <= _LINE_BREAK
            before = None if one.share is None else one
            if one.share is not None and is_near:
                found[-1].append(one)
            elif one.share is not None:
                found.append([one])
        return found

    def _at(self, day: date, share: Share | None) -> tuple[float, float]:
        return self.axis.x(day), self.scale.y(percent(share) or 0)

    @property
    def open_areas(self) -> Sequence[str]:
        """What lessons not acknowledged could make of the share."""
        return [
            points(
                [self._at(one.on, one.high) for one in part]
                + [self._at(one.on, one.low) for one in reversed(part)]
            )
            for part in self._parts
            if any(one.low != one.high for one in part)
        ]

    @property
    def lines(self) -> Sequence[str]:
        """The unbroken parts of the line."""
        return [points(self._at(one.on, one.share) for one in part) for part in self._parts]

    @property
    def shades(self) -> Sequence[tuple[Box, Text | None]]:
        """Breaks."""
        return self.axis.shades(self.chart.pauses, top=self.top, bottom=self.bottom)

    @property
    def limit_lines(self) -> Sequence[tuple[float, Text]]:
        """The limits, dotted, each with its name."""
        found = []
        for limit in self.chart.limits:
            y = self.scale.y(float(limit))
            says = _("Gräns %(limit)s") % {"limit": limit_text(limit)}
            found.append((y, Text(LEFT + 4, y - 6, says)))
        return found

    @property
    def too_few(self) -> tuple[float, Text] | None:
        """The stretch before the first point, and why nothing is drawn there."""
        first = self.chart.points[0].on if self.chart.points else self.chart.period.to_on
        end = self.axis.x(first)
        if not self.chart.too_few or end - LEFT < 4:
            return None
        is_room = end - LEFT > 6.2 * len(self.chart.too_few)
        return end, Text(LEFT + 4, self.bottom - 8, self.chart.too_few if is_room else "")

    @property
    def flags(self) -> Sequence[tuple[float, float, Text | None]]:
        """Squares, each with its share where there is room for it."""
        found: list[tuple[float, float, Text | None]] = []
        last_text = -100.0
        for one in self.chart.flags:
            if not self.chart.period.holds(one.on):
                continue
            x, y = self._at(one.on, one.share)
            text = None
            if self.right - x > 46 and x - last_text > 46:
                says = percent_text(one.share, self.chart.limit)
                text, last_text = Text(x, y + 22, says, "middle"), x
            found.append((x, y, text))
        return found

    @property
    def marks(self) -> Sequence[tuple[float, float, int, str]]:
        """Diamonds: x, y, number, what it was."""
        return [
            (x, round(10 + 2.4 * _MARK * row, 1), one.number, f"{short_day(one.on)}: {one.what}")
            for one, (x, row) in zip(self.chart.done, self._places, strict=True)
        ]

    @property
    def end(self) -> Text | None:
        """The last share, at the line's end."""
        if not self._parts:
            return None
        last = self._parts[-1][-1]
        x, y = self._at(last.on, last.share)
        says = percent_text(last.share, self.chart.limit)
        if self.size.is_wide or self.right - x > 50:
            return Text(x + 11, y + 4, says)
        return Text(min(x + 4, self.right), y - 13, says, "end")
