"""How much was done in time, month by month: a column of what was due, filled for what was in time.

`InTimeChart(title, months)` takes an `InTimeMonth` for each; `due` None is a count that is not shown,
and leaves the month's place empty with "visas inte" in the table. Draw it with `{% chart value %}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from narvaro.shares import share_of
from narvaro.web.ui.charts.canvas import LEFT, SIZES, Box, Size, Text
from narvaro.web.ui.charts.chart import ChartTable
from narvaro.web.ui.charts.words import percent_text, short_month

_TOP, _PLOT = 26, 150


@dataclass(frozen=True, slots=True)
class InTimeMonth:
    """A month: steps done in time of steps due; None where the count is not shown."""

    month: date
    in_time: int | None
    due: int | None


@dataclass(frozen=True, slots=True)
class InTimeChart:
    """See the module."""

    title: str
    months: Sequence[InTimeMonth]

    template = "ui/charts/in_time.html"

    @property
    def drawn(self) -> Sequence[InTimeDrawing]:
        """The drawings, widest first."""
        return [InTimeDrawing(self, size) for size in SIZES]

    @property
    def table(self) -> ChartTable:
        """Month, due, in time, share."""
        head = [_("Månad"), _("Skulle vara klara"), _("Klara i tid"), _("Andel")]
        rows = [
            [
                f"{short_month(one.month)} {one.month.year}",
                *(_("visas inte") if n is None else str(n) for n in (one.due, one.in_time)),
                "–"
                if one.in_time is None or one.due is None
                else percent_text(share_of(one.in_time, one.due)),
            ]
            for one in self.months
        ]
        return ChartTable(self.title, head, rows, frozenset((1, 2, 3)))


@dataclass(frozen=True, slots=True)
class InTimeDrawing:
    """Where the columns stand in one width."""

    chart: InTimeChart
    size: Size

    @property
    def height(self) -> int:
        return _TOP + _PLOT + 48

    @property
    def left(self) -> int:
        return LEFT

    @property
    def right(self) -> float:
        return self.size.width - 12

    @property
    def floor(self) -> int:
        return _TOP + _PLOT

    @property
    def most(self) -> int:
        """What the highest level line stands for."""
        highest = max((one.due or 0 for one in self.chart.months), default=0)
        step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if highest <= s * 5), 1000)
        return max(step, -(-highest // step) * step)

    @property
    def lines(self) -> Sequence[tuple[float, str]]:
        """The level lines: none, half and all of the highest."""
        counts = [0, self.most] if self.most % 2 else [0, self.most // 2, self.most]
        return [(self._y(count), str(count)) for count in counts]

    @property
    def step(self) -> float:
        return (self.right - LEFT) / max(1, len(self.chart.months))

    def _y(self, count: int) -> float:
        return round(self.floor - _PLOT * count / self.most, 1)

    def _x(self, place: int) -> float:
        return round(LEFT + self.step * (place + 0.5), 1)

    @property
    def columns(self) -> Sequence[tuple[Box, Box, Text]]:
        """What was due (hatched), what of it was in time (filled), and the share over it."""
        half = min(22.0, self.step / 2 - 2)
        found = []
        for place, one in enumerate(self.chart.months):
            if not one.due or one.in_time is None:
                continue
            x, top, middle = self._x(place) - half, self._y(one.due), self._y(one.in_time)
            says = f"{one.in_time}/{one.due}"
            found.append(
                (
                    Box(round(x, 1), top, round(half * 2, 1), round(self.floor - top, 1)),
                    Box(round(x, 1), middle, round(half * 2, 1), round(self.floor - middle, 1)),
                    Text(self._x(place), top - 7, says, "middle", "small strong"),
                )
            )
        return found

    @property
    def names(self) -> Sequence[Text]:
        """The months, every second where it is narrow."""
        every = 1 if self.step >= 30 else 2
        last = len(self.chart.months) - 1
        return [
            Text(self._x(n), self.floor + 20, short_month(one.month), "middle")
            for n, one in enumerate(self.chart.months)
            if (last - n) % every == 0
        ]
