"""How much was acknowledged, place by week: a table of coloured cells that each say their number.

`HeatTable(title, columns, rows, corner=…)`. The scale is of registration only (about our own
work, never about pupils): the goal or more, up to five under it, up to fifteen, and less; the number is cut
to whole per cent and always stands in the cell. A cell is a pair of integers
(acknowledged, ended), or `NO_TIMETABLE` (dashed, –) or `BREAK` (blank). What stands after the
weeks (`HeatRow.after`, headed by `after`) is text or a `Mark`. Draw it with `{% heat_table value %}`;
it is its own table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from narvaro.shares import Share
from narvaro.web.ui.charts.canvas import reaches_percent
from narvaro.web.ui.charts.words import whole_percent


class NoShare(StrEnum):
    """Why a cell has no number."""

    NO_TIMETABLE = "no-timetable"
    BREAK = "break"


NO_TIMETABLE, BREAK = NoShare.NO_TIMETABLE, NoShare.BREAK

_NEAR, _LOW = 5, 15
"""Percentage points under the goal down to which a share is near it, and low."""


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """A column's head, and a small word under it ("lov"). `title` says it in full."""

    label: str
    note: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word in a frame: `kind` is plain, dashed or good."""

    says: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A school or a class: its name, its cells in the order of the columns, what follows."""

    name: str
    cells: Sequence[Share | NoShare]
    after: Sequence[str | Mark] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is drawn."""

    step: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class HeatTable:
    """See the module. `title` states the result; `corner` heads the names, `goal` is per cent."""

    title: str
    columns: Sequence[HeatColumn]
    rows: Sequence[HeatRow]
    corner: str
    after: Sequence[str] = ()
    goal: int = 95

    @property
    def steps(self) -> Sequence[tuple[int, str]]:
        """From which per cent on a cell has which colour, the highest first."""
        least = (self.goal, self.goal - _NEAR, self.goal - _LOW, 0)
        return list(zip(least, ("good", "near", "low", "lowest"), strict=True))

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        """Each colour and the per cents it stands for."""
        good, near, low, _none = (least for least, _name in self.steps)
        words = (
            _("%(goal)s eller mer") % {"goal": good},
            f"{near}–{good - 1}",
            f"{low}–{near - 1}",
            _("under %(least)s") % {"least": low},
        )
        return [(name, said) for (_least, name), said in zip(self.steps, words, strict=True)]

    @property
    def drawn(self) -> Sequence[tuple[HeatRow, Sequence[Cell], Sequence[Mark]]]:
        """Each row with its cells and what follows."""
        return [
            (
                row,
                [cell_of(one, self.steps) for one in row.cells],
                [one if isinstance(one, Mark) else Mark(one, "") for one in row.after],
            )
            for row in self.rows
        ]

    @property
    def has_no_timetable(self) -> bool:
        """A cell is dashed, so the legend says what that means."""
        return any(NO_TIMETABLE in row.cells for row in self.rows)


def cell_of(one: Share | NoShare, steps: Sequence[tuple[int, str]]) -> Cell:
    """The step and the number of a cell."""
    if isinstance(one, NoShare):
        return Cell(str(one), "–" if one == NO_TIMETABLE else "")
    if not one[1]:
        return Cell(str(BREAK))
    step = next(name for least, name in steps if reaches_percent(one, least))
    return Cell(step, str(whole_percent(one)))
