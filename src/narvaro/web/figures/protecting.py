"""Counts of pupils by stage, grade and sex, with the small ones and those that would tell them hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from narvaro.shares import Share, share_of
from narvaro.small_numbers import TOTAL, Key, Tables, cross_table, joined, protect
from narvaro.small_numbers.tables import Equation
from narvaro.timetable import GRADES, Window
from narvaro.web.figures.facts import Cell, Facts, Tally
from narvaro.web.figures.joint import SMALL, Shown
from narvaro.web.figures.joint.names import LISTED
from narvaro.web.figures.stages import STAGES, stage_of

_SEXES = ("female", "male")
"""Pupils nobody told the sex of stand in no column of their own, only among all."""

_STAGE, _GRADE = "stage", "grade"

Sums = Mapping[tuple[str, str], Tally]
Hidden = frozenset[tuple[str, str, str]]
"""(table, row, column) of every cell that is not shown."""


@dataclass(frozen=True, slots=True)
class GroupCell:
    """Pupils on the list of those assessed; None where they are too few to be shown."""

    share: Share | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One stage or grade: each sex, and all."""

    name: str
    cells: tuple[GroupCell, ...]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Rows of stages or grades, columns of sexes; `hides` says that something is hidden."""

    headings: tuple[str, ...]
    rows: tuple[GroupRow, ...]
    hides: bool


def hidden_cells(tallies: Mapping[Cell, Tally]) -> list[list[str]]:
    """Which cells of the two tables are not shown, together: a stage is the sum of its grades."""
    stages, grades = _sums(tallies, _STAGE), _sums(tallies, _GRADE)
    sexes = sorted({sex for _row, sex in stages} - {TOTAL})
    one, other = _table(_STAGE, stages), _table(_GRADE, grades)
    links = [
        Equation(
            (Key(_STAGE, stage, column),),
            tuple(Key(_GRADE, row, column) for row in _rows(grades, _GRADE) if _is_in(row, stage)),
        )
        for stage in _rows(stages, _STAGE)
        for column in (*sexes, TOTAL)
    ]
    links.append(Equation((Key(_STAGE, TOTAL, TOTAL),), (Key(_GRADE, TOTAL, TOTAL),)))
    return [list(key) for key in protect(joined(one, other, links=links), limit=SMALL).hidden]


def hidden_of(shown: Shown, place: str) -> Hidden:
    """The cells of a place's two tables that no page shows."""
    cut = len("stage ")
    found = set()
    for key in shown.hidden:
        if key.table == LISTED and key.row == place and key.column:
            table = _STAGE if key.column.startswith("stage ") else _GRADE
            row, _slash, sex = key.column[cut:].rpartition("/")
            found.add((table, row, sex or TOTAL))
    return frozenset(found)


def hidden_in_class(
    facts: Facts, tallies: Mapping[Cell, Tally], window: Window, key: str
) -> Hidden:
    """The cells of a class's own tables that are not shown; only those who see its pupils see it."""
    name = f"{facts.judging(window=window).name}|{facts.month}|{key}"
    hidden: Hidden = facts.opened.shelf.get(
        f"hidden|{name}",
        lambda: hidden_cells(tallies),
        lambda plain: frozenset((table, row, column) for table, row, column in plain),
    )
    return hidden


def by_stage(tallies: Mapping[Cell, Tally], hidden: Hidden) -> GroupTable:
    """The share on the list by stage and sex."""
    return _shown(_STAGE, _sums(tallies, _STAGE), hidden)


def by_grade(tallies: Mapping[Cell, Tally], hidden: Hidden) -> GroupTable:
    """The share on the list by grade and sex."""
    return _shown(_GRADE, _sums(tallies, _GRADE), hidden)


def _sums(tallies: Mapping[Cell, Tally], table: str) -> Sums:
    sums: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    for cell, tally in tallies.items():
        row = stage_of(cell.grade) if table == _STAGE else cell.grade or "–"
        sums[(row, cell.sex)] += tally
        sums[(row, TOTAL)] += tally
    return dict(sums)


def _rows(sums: Sums, table: str) -> list[str]:
    order = list(STAGES) if table == _STAGE else list(GRADES)
    return sorted({row for row, _column in sums}, key=lambda row: _place(row, order))


def _sexes(sums: Sums) -> list[str]:
    return [sex for sex in _SEXES if any(column == sex for _row, column in sums)]


def _is_in(grade: str, stage: str) -> bool:
    return stage_of(grade) == stage


def _table(name: str, sums: Sums) -> Tables:
    """The pupils on the list, each count with the number of assessed pupils it is drawn from."""
    inner = {place: tally.flagged for place, tally in sums.items() if place[1] != TOTAL}
    every = sorted({sex for _row, sex in inner})
    made = cross_table(name, rows=_rows(sums, name), columns=every, counts=inner)
    bases = {place: tally.assessed for place, tally in sums.items()}
    cells = (
        replace(one, base=bases.get((one.key.row, one.key.column)))
        if one.key.row != TOTAL
        else replace(one, shown=one.key.column == TOTAL)
        for one in made.cells
    )
    return Tables(tuple(cells), made.equations)


def _shown(table: str, sums: Sums, hidden: Hidden) -> GroupTable:
    sexes = _sexes(sums)
    words = {"female": _("Flickor"), "male": _("Pojkar")}
    rows = tuple(
        GroupRow(row, tuple(_cell(table, row, sex, sums, hidden) for sex in (*sexes, TOTAL)))
        for row in _rows(sums, table)
    )
    headings = (*(words[sex] for sex in sexes), _("Alla"))
    return GroupTable(headings, rows, any(one.is_hidden for row in rows for one in row.cells))


def _cell(table: str, row: str, column: str, sums: Sums, hidden: Hidden) -> GroupCell:
    tally = sums.get((row, column), Tally())
    if (table, row, column) in hidden:
        return GroupCell(None, is_hidden=True)
    return GroupCell(share_of(tally.flagged, tally.assessed), is_hidden=False)


def _place(row: str, order: list[str]) -> tuple[int, str]:
    return (order.index(row) if row in order else len(order), row)
