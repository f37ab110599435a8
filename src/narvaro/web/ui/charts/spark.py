"""A line as small as a word, for a row of a table: its own numbers stand beside it.

`SparkLine(title, shares)` scales from 0 to the larger of its highest share and `at_least` per
cent, so that rows can be compared. Draw it with `{% spark value %}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narvaro.shares import Share
from narvaro.web.ui.charts.canvas import percent, points, stretches


@dataclass(frozen=True, slots=True)
class SparkLine:
    """See the module. A share of None breaks the line."""

    title: str
    shares: Sequence[Share | None]
    at_least: int = 20

    width = 96
    height = 24

    def _place(self, number: int) -> tuple[float, float]:
        known = [percent(share) or 0 for share in self.shares]
        step = (self.width - 12) / max(1, len(self.shares) - 1)
        top = max(self.at_least, *known, 1)
        return round(6 + step * number, 1), round(20 - 16 * known[number] / top, 1)

    @property
    def lines(self) -> Sequence[str]:
        """The unbroken parts of the line."""
        runs = stretches(share is not None for share in self.shares)
        return [points(self._place(n) for n in run) for run in runs]

    @property
    def end(self) -> tuple[float, float] | None:
        """The last point, when it is known."""
        if not self.shares or self.shares[-1] is None:
            return None
        return self._place(len(self.shares) - 1)
