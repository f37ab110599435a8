"""Which field each column holds: the header first, then the cells, then the other columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Final

from narvaro.sources.files.guessing.amounts_of_columns import guess_amounts
from narvaro.sources.files.guessing.draft import Draft, Guess
from narvaro.sources.files.guessing.fitting import fit, fit_pupil
from narvaro.sources.files.guessing.sample import Sample
from narvaro.sources.files.identifiers import looks_civic, read_identifier
from narvaro.sources.files.keys import FIELDS
from narvaro.sources.files.profile import word_key
from narvaro.sources.files.reading_faults import CellUnreadable
from narvaro.sources.files.words import (
    ABBREVIATED_INVALID,
    ABBREVIATIONS,
    IGNORED,
    MEANINGS,
    REASON_RULES,
)

_FEWEST: Final = 3  # cells before content alone is believed
_YOUNGEST, _OLDEST = 5, 20  # years of a pupil, from preschool class to upper secondary school


def guess_columns(
    sample: Sample, *, shape: str | None, today: date, days: int | None
) -> tuple[Guess, ...]:
    """One guess for every column, in order. `days` is the longest period of a row, if known."""
    _forget_rows_without_pupil(sample, today=today)
    drafts = [Draft(column) for column in sample.columns()]
    bases = {draft.base for draft in drafts}
    for draft in drafts:
        _by_header(draft, shape=shape, bases=bases, today=today)
    _agree_on_dates(drafts)
    _one_column_a_field(drafts)
    guess_amounts(drafts, shape=shape, days=days)
    return tuple(draft.as_guess() for draft in drafts)


def _forget_rows_without_pupil(sample: Sample, *, today: date) -> None:
    """Rows where the pupil's cell is empty are no data; what they are is said by reading them."""
    for column in sample.columns():
        civic = [looks_civic(cell, today=today) for cell in column.filled]
        if len(civic) >= _FEWEST and all(civic):
            rows = zip(sample.lines, column.cells, strict=True)
            sample.forget({line for line, cell in rows if not cell})
            return


def _by_header(draft: Draft, *, shape: str | None, bases: set[str], today: date) -> None:
    if not draft.column.filled:
        draft.not_read("the column is empty")
        return
    if draft.base in IGNORED:
        draft.not_read(IGNORED[draft.base])
        return
    names = _meanings(draft.base, shape=shape, bases=bases)
    if not names:
        _by_cells(draft, today=today)
        return
    if not any(fit(draft, name, today=today) for name in names):
        draft.open(f"the header can mean {' or '.join(names)}, but the cells are something else")


def _meanings(base: str, *, shape: str | None, bases: set[str]) -> tuple[str, ...]:
    if base == ABBREVIATED_INVALID and bases >= ABBREVIATIONS:
        return ("invalid_minutes",)
    names = MEANINGS.get(base, ())
    return tuple(name for name in names if shape is None or shape in FIELDS[name].shapes)


def _by_cells(draft: Draft, *, today: date) -> None:
    """Without a known header only personal numbers of children are sure to be the pupils'."""
    cells = draft.column.filled
    if len(cells) < _FEWEST or not all(looks_civic(cell, today=today) for cell in cells):
        return
    if all(_is_a_child(cell, today=today) for cell in cells):
        fit_pupil(draft, today=today)
        draft.why = f"the header is not known, but {draft.why}, all of children"
    else:
        draft.open("the header is not known, and the personal numbers are not all of children")


def _is_a_child(cell: str, *, today: date) -> bool:
    try:
        born = read_identifier(cell, kind="civic", today=today).value[:4]
    except CellUnreadable:
        return False
    return today.year - _OLDEST <= int(born) <= today.year - _YOUNGEST


def _agree_on_dates(drafts: list[Draft]) -> None:
    """An open form is settled by another date column whose form is sure."""
    sure = {
        draft.settings["form"]
        for draft in drafts
        if draft.is_read and draft.field and FIELDS[draft.field].kind == "date"
    }
    for draft in drafts:
        rivals = draft.settings.pop("rivals", ())
        name = draft.settings.pop("field", None)
        shared = sure & set(rivals) if isinstance(rivals, tuple) else set()
        if len(shared) == 1 and name:
            form = shared.pop()
            draft.read(str(name), f"a date as {form}, as in the other date column", form=form)


def _one_column_a_field(drafts: list[Draft]) -> None:
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.is_read and draft.field and FIELDS[draft.field].kind != "amount":
            groups[draft.field].append(draft)
    for name, group in groups.items():
        if len(group) > 1:
            _settle(name, group)


def _settle(name: str, group: list[Draft]) -> None:
    first = _preferred(name, group)
    if first is None:
        for draft in group:
            draft.open(f"{len(group)} columns could hold {name}")
        return
    for draft in group:
        if draft is not first:
            draft.not_read(f"column {first.column.header or first.column.position} is read for it")


def _preferred(name: str, group: list[Draft]) -> Draft | None:
    """The one to read when several columns hold a field; None when they contradict each other."""
    rules: dict[str, Callable[[Draft], bool]] = {
        "identifier": lambda draft: draft.settings.get("identifier") == "civic",
        "text": lambda draft: name == "school" and all(c.isdigit() for c in draft.column.filled),
        "word": lambda draft: all(word_key(c) in REASON_RULES for c in draft.column.filled),
    }
    kind = FIELDS[name].kind
    if kind == "identifier":
        named = [draft for draft in group if draft.base in MEANINGS]
        group = named or group
    if len(group) == 1:
        return group[0]
    best = [draft for draft in group if kind in rules and rules[kind](draft)]
    if len(best) == 1:
        return best[0]
    alike = all(draft.column.cells == group[0].column.cells for draft in group)
    return group[0] if alike or kind in ("text", "staff") else None
