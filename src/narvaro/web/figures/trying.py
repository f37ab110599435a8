"""What another rule would have flagged, and the work that makes, against the time there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from narvaro.shares import Share, share_of
from narvaro.timetable import Window
from narvaro.web.figures.facts import Facts, SweptCell, limits_of, swept, windows_of
from narvaro.web.figures.joint import Tree
from narvaro.web.figures.stages import stage_of
from narvaro.web.figures.tried import (
    OPERATORS,
    STAGES,
    TRIED,
    Settings,
    limit_slug,
)
from narvaro.web.figures.trying_hidden import EVERY, hidden_lines
from narvaro.web.ui.sorting import sort_key
from narvaro.web.ui.written import number, whole


@dataclass(frozen=True, slots=True)
class RuleCell:
    """One rule of the grid."""

    flags: int
    work: int
    capacity: int
    is_used: bool
    is_chosen: bool
    url: str
    words: str

    @property
    def fits(self) -> bool:
        """The work is no more than the time there is."""
        return self.work <= self.capacity

    @property
    def hours(self) -> str:
        """The work in whole hours, a begun one counted."""
        return whole(-(-self.work // 60))


@dataclass(frozen=True, slots=True)
class WindowRow:
    """The rules of one window."""

    words: str
    remark: str
    cells: tuple[RuleCell, ...]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A school or stage under the chosen rule; `flags` is None where too few to be told."""

    name: str
    flags: int | None
    work: int
    capacity: int
    share: Share | None
    is_known: bool

    @property
    def hours(self) -> str:
        """The work in hours, one decimal."""
        return number(Fraction(self.work, 60))

    @property
    def is_over(self) -> bool:
        """More work than time."""
        return self.work > self.capacity


@dataclass(frozen=True, slots=True)
class Trial:
    """The whole page."""

    settings: Settings
    heads: tuple[str, ...]
    rows: tuple[WindowRow, ...]
    used: RuleCell | None
    chosen: RuleCell
    schools: tuple[GroupLine, ...]
    stages: tuple[GroupLine, ...]
    pupils: int
    month: str

    @property
    def flags_less(self) -> int:
        """How many fewer flags a month than by the rule in force."""
        return (self.used.flags if self.used else 0) - self.chosen.flags

    @property
    def flags_more(self) -> int:
        """How many more flags a month."""
        return -self.flags_less

    @property
    def hours_apart(self) -> str:
        """The work between the two rules, in hours."""
        return number(Fraction(abs(self.flags_less) * self.settings.minutes, 60))

    @property
    def most_work(self) -> int:
        """The length of the longest bar."""
        return max((max(one.work, one.capacity) for one in self.schools), default=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Over which schools (key → name), how they hang together, and the month's name."""

    names: Mapping[str, str]
    tree: Tree
    month: str


def trial_of(facts: Facts, settings: Settings, asked: Asked) -> Trial:
    """Try every rule over some schools."""
    names = asked.names
    cells = {window: _within(facts, window, settings, names) for window in windows_of(facts)}
    grid = Grid(facts, settings)
    rows = tuple(grid.row(window, found) for window, found in cells.items())
    every = [cell for row in rows for cell in row.cells]
    chosen = cells[settings.window]
    lines = Lines(grid, chosen, names, hidden_lines(facts, settings, asked.tree))
    return Trial(
        settings=settings,
        heads=tuple(_limit_words(limit, settings) for limit in limits_of(facts)),
        rows=rows,
        used=next((one for one in every if one.is_used), None),
        chosen=next(one for one in every if one.is_chosen),
        schools=tuple(lines.schools()),
        stages=tuple(lines.stages()),
        pupils=sum(cell.pupils for cell in chosen),
        month=asked.month,
    )


@dataclass(frozen=True)
class Grid:
    """Counts cells of the grid."""

    facts: Facts
    settings: Settings

    def row(self, window: Window, cells: Sequence[SweptCell]) -> WindowRow:
        """The rules of a window."""
        words, remark = TRIED.get(window, (str(window), ""))
        made = (self._cell(window, limit, cells) for limit in limits_of(self.facts))
        return WindowRow(str(words), str(remark), tuple(made))

    def flags(self, cell: SweptCell, limit: Fraction) -> int:
        """How many of a school's grade a limit flags."""
        limits = limits_of(self.facts)
        first = 0 if OPERATORS[self.settings.operator][0] == ">=" else len(limits)
        return cell.flags[first + limits.index(limit)]

    def _cell(self, window: Window, limit: Fraction, cells: Sequence[SweptCell]) -> RuleCell:
        asked, rule = self.settings, self.facts.rule
        flags = sum(self.flags(cell, limit) for cell in cells)
        is_rule = (window, limit) == (rule.window, rule.limit) and rule.upper_limit is None
        return RuleCell(
            flags=flags,
            work=flags * asked.minutes,
            capacity=asked.capacity,
            is_used=is_rule and OPERATORS[asked.operator][0] == rule.operator,
            is_chosen=(window, limit) == (asked.window, asked.limit),
            url=asked.query(window, limit),
            words=f"{TRIED.get(window, (str(window), ''))[0]}, {_limit_words(limit, asked).lower()}",
        )


@dataclass(frozen=True)
class Lines:
    """The chosen rule by school and by stage."""

    grid: Grid
    cells: Sequence[SweptCell]
    names: Mapping[str, str]
    hidden: frozenset[tuple[str, str]]

    def schools(self) -> Iterable[GroupLine]:
        """Every school, by name; its own time is its share of the time by pupils."""
        every = sum(cell.pupils for cell in self.cells) or 1
        for key, name in sorted(self.names.items(), key=lambda item: sort_key(item[1])):
            mine = [cell for cell in self.cells if cell.school == key]
            pupils = sum(cell.pupils for cell in mine)
            yield self._line(
                name,
                mine,
                self.grid.settings.capacity * pupils // every,
                is_hidden=(key, self.grid.settings.stage or EVERY) in self.hidden,
            )

    def stages(self) -> Iterable[GroupLine]:
        """Every stage."""
        for stage in (*STAGES, "–"):
            mine = [cell for cell in self.cells if stage_of(cell.grade) == stage]
            if mine:
                is_hidden = (EVERY, stage) in self.hidden
                yield self._line(stage, mine, self.grid.settings.capacity, is_hidden=is_hidden)

    def _line(
        self, name: str, cells: Sequence[SweptCell], capacity: int, *, is_hidden: bool
    ) -> GroupLine:
        settings = self.grid.settings
        flags = sum(self.grid.flags(cell, settings.limit) for cell in cells)
        known = sum(cell.known for cell in cells)
        return GroupLine(
            name=name,
            flags=None if is_hidden else flags,
            work=0 if is_hidden else flags * settings.minutes,
            capacity=capacity,
            share=None if is_hidden else share_of(flags, sum(cell.pupils for cell in cells)),
            is_known=known > 0,
        )


def _within(
    facts: Facts, window: Window, settings: Settings, names: Mapping[str, str]
) -> list[SweptCell]:
    """The cells of the schools and grades asked for; of no school are those enrolled nowhere."""
    found = swept(facts, window, limits_of(facts))
    return [
        cell
        for cell in found
        if (cell.school in names or not cell.school)
        and settings.stage in ("", stage_of(cell.grade))
    ]


def _limit_words(limit: Fraction, settings: Settings) -> str:
    text = limit_slug(limit).replace(".", ",")
    words = _("Minst %(limit)s %%") if settings.operator == "minst" else _("Mer än %(limit)s %%")
    return words % {"limit": text}
