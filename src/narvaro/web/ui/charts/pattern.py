"""When, or in what, time is missed: a table of toned cells that each say their number.

`PatternGrid(title, columns, rows, corner=…)` has its own steps, 10, 20 and 35 per cent, said in
`steps_in_words`. A cell is a pair of integers (absent, acknowledged minutes), None where there
was no lesson. `whole` is the row at the bottom. What stands after the cells (`PatternRow.after`)
is text. Draw it with `{% pattern_grid value %}`; it is its own table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narvaro.shares import Share
from narvaro.web.ui.charts.canvas import reaches_percent
from narvaro.web.ui.charts.words import whole_percent

STEPS = (10, 20, 35)


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A lesson of the day, or a subject: its name, a share for each column, what follows."""

    name: str
    cells: Sequence[Share | None]
    after: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PatternGrid:
    """See the module. `title` states the result; `corner` heads the names, `after` what follows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[PatternRow]
    corner: str = ""
    whole: PatternRow | None = None
    after: Sequence[str] = ()

    @property
    def drawn(self) -> Sequence[tuple[PatternRow, Sequence[tuple[int, str]]]]:
        """Each row with the step (0 where there was no lesson, else 1 to 4) and words of its cells."""
        return [(row, [cell_of(one) for one in row.cells]) for row in self.rows]

    @property
    def bottom(self) -> Sequence[str]:
        """The words of the row at the bottom."""
        return [cell_of(one)[1] for one in self.whole.cells] if self.whole else []


def cell_of(share: Share | None) -> tuple[int, str]:
    """The step and the number of a cell, cut to whole per cent."""
    if share is None or not share[1]:
        return 0, "–"
    return 1 + sum(reaches_percent(share, step) for step in STEPS), str(whole_percent(share))
