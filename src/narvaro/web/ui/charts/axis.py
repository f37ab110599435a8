"""One axis: where a limit is, what the share is, and what lessons not acknowledged could make it.

`LimitAxis(title, share, low, high, limit=Fraction(15))` draws the range from `low` to `high`
hatched, the share as a point and the limit dotted. Shares are pairs of integers; a `share` of
None (nothing acknowledged) has no point, a `low` of None no range. Draw it with
`{% chart value table=False %}` where the sum stands in a table beside it already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from narvaro.shares import Share
from narvaro.web.ui.charts.canvas import SIZES, Box, Size, Text, percent
from narvaro.web.ui.charts.chart import ChartTable
from narvaro.web.ui.charts.words import limit_text, percent_text
from narvaro.web.ui.written import HARD

_LEFT, _LINE = 14, 58
_STEPS = (1, 2, 5, 10, 20, 25)


@dataclass(frozen=True, slots=True)
class LimitAxis:
    """See the module. `limit` is an exact per cent."""

    title: str
    share: Share | None
    low: Share | None
    high: Share | None
    limit: Fraction

    template = "ui/charts/axis.html"

    @property
    def drawn(self) -> Sequence[AxisDrawing]:
        """The drawings, widest first."""
        return [AxisDrawing(self, size) for size in SIZES]

    @property
    def table(self) -> ChartTable:
        """Limit, share, lowest and highest possible."""
        rows = [
            [_("Gräns"), limit_text(self.limit)],
            [_("Frånvaro"), percent_text(self.share, self.limit)],
            [_("Lägst"), percent_text(self.low, self.limit)],
            [_("Högst"), percent_text(self.high, self.limit)],
        ]
        return ChartTable(self.title, ["", _("Andel")], rows, frozenset({1}))


@dataclass(frozen=True, slots=True)
class AxisDrawing:
    """Where everything of an axis stands in one width."""

    chart: LimitAxis
    size: Size

    height = 92
    line = _LINE

    @property
    def _step(self) -> int:
        highest = max(
            float(self.chart.limit) * 1.6,
            percent(self.chart.share) or 0,
            percent(self.chart.high) or 0,
        )
        most = 6 if self.size.width > 300 else 5
        return next(step for step in _STEPS if highest <= step * most)

    @property
    def _end(self) -> int:
        most = max(
            float(self.chart.limit) * 1.6,
            percent(self.chart.share) or 0,
            percent(self.chart.high) or 0,
        )
        return min(100, self._step * -int(-most // self._step))

    @property
    def ends(self) -> tuple[float, float]:
        """Where the line begins and ends."""
        return self._x(0), self._x(self._end)

    def _x(self, at: float) -> float:
        return round(_LEFT + (self.size.width - 2 * _LEFT - 16) * at / self._end, 1)

    @property
    def ticks(self) -> Sequence[Text]:
        """The axis's numbers; the last carries the per cent sign."""
        places = range(0, self._end + 1, self._step)
        return [
            Text(self._x(at), _LINE + 24, f"{at}{HARD}%" if at == self._end else str(at), "middle")
            for at in places
        ]

    @property
    def open_range(self) -> Box | None:
        """What lessons not acknowledged leave open, where it can be seen."""
        low, high = percent(self.chart.low), percent(self.chart.high)
        if low is None or high is None or self._x(high) - self._x(low) < 1:
            return None
        return Box(self._x(low), _LINE - 8, round(self._x(high) - self._x(low), 1), 16)

    @property
    def limit(self) -> Text:
        """The dotted limit and its name, on the side away from the point."""
        at = float(self.chart.limit)
        is_over = (percent(self.chart.share) or 0) >= at
        says = _("Gräns %(limit)s") % {"limit": limit_text(self.chart.limit)}
        has_room = self._x(at) > 7 * len(says)
        return Text(self._x(at), _LINE - 24, says, "end" if is_over and has_room else "start")

    @property
    def point(self) -> Text | None:
        """The share and its number; None when nothing was acknowledged."""
        share = self.chart.share
        if share is None:
            return None
        x = self._x(percent(share) or 0)
        is_over = (percent(share) or 0) >= float(self.chart.limit)
        anchor = "start" if is_over else "end"
        if x > self.size.width - 60:
            anchor = "end"
        if x < 56:
            anchor = "start"
        return Text(x, _LINE - 14, percent_text(share, self.chart.limit), anchor)
