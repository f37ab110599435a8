"""Units of the columns with time in them, and what absence without a name of its own is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from narvaro.sources.files.amounts import bare_number
from narvaro.sources.files.guessing.draft import Draft
from narvaro.sources.files.guessing.sums import Sums
from narvaro.sources.files.guessing.units import (
    UnitGuess,
    guess_unit,
    in_minutes,
    offered_unit,
    unit_of_parts,
)
from narvaro.sources.files.keys import FIELDS
from narvaro.sources.files.moments import read_time, read_times
from narvaro.sources.files.reading_faults import CellUnreadable
from narvaro.sources.files.words import ABBREVIATIONS

Minutes = list[Fraction | None]
_ORDER: Final = ("minutes", "clock", "hours", "percent", "share")
_PARTS: Final = ("present_minutes", "valid_minutes", "invalid_minutes", "unclassified_minutes")
_ALL_ABSENCE: Final = ("total", "summa", "all ")


def guess_amounts(drafts: list[Draft], *, shape: str | None, days: int | None) -> None:
    """Settle unit and meaning of every column of time."""
    amounts = [d for d in drafts if d.is_read and d.field and FIELDS[d.field].kind == "amount"]
    if shape is None:
        for draft in amounts:
            draft.open("cannot tell whether the rows are lessons or periods")
        return
    if shape == "lessons":
        _lesson_units(drafts, amounts)
    else:
        _period_units(amounts, days=days)
    _one_unit_a_field(amounts)
    _settle_absence(drafts, shape=shape)


def _apply(draft: Draft, guess: UnitGuess) -> None:
    if guess.unit is None:
        draft.open(guess.why)
    elif draft.field:
        draft.read(draft.field, f"{draft.why}; {guess.why}", **guess.settings)


def _lesson_units(drafts: list[Draft], amounts: list[Draft]) -> None:
    spans = _spans(drafts)
    length = next((draft for draft in amounts if draft.field == "minutes"), None)
    if length is not None:
        guess = _length_unit(length, spans)
        if not any(spans):
            spans = in_minutes(length.column.cells, guess)
        _apply(length, guess)
    for draft in amounts:
        if draft is not length:
            kind = "late" if draft.field == "late_minutes" else "lesson"
            _apply(draft, _unit(draft, spans, kind=kind))


def _unit(draft: Draft, longest: Minutes, *, kind: str) -> UnitGuess:
    found = guess_unit(
        draft.column.cells, header_unit=draft.header_unit, longest=longest, kind=kind
    )
    if kind != "offered" and found.unit in ("percent", "share"):
        return UnitGuess(None, "a share of a lesson cannot be read")
    return found


def _length_unit(draft: Draft, spans: Minutes) -> UnitGuess:
    found = _unit(draft, spans, kind="lesson")
    numbers = [n for cell in draft.column.filled if (n := bare_number(cell))]
    if found.unit or not numbers or draft.header_unit or any(spans):
        return found
    if all(value > 24 for value, _ in numbers):
        return UnitGuess("minutes", "as hours every lesson would be longer than a day")
    if all(value <= 12 for value, _ in numbers) and any(shown for _, shown in numbers):
        most = max(shown for _, shown in numbers)
        return UnitGuess("hours", "there are decimals, and minutes come whole", most)
    return found


def _spans(drafts: list[Draft]) -> Minutes:
    """From start to end of each row in minutes, where the columns tell."""
    by_field = {draft.field: draft for draft in drafts if draft.is_read}
    if "times" in by_field:
        draft = by_field["times"]
        return [_span(cell, str(draft.settings["form"])) for cell in draft.column.cells]
    starts, ends = by_field.get("starts"), by_field.get("ends")
    if starts is None or ends is None:
        cells = drafts[0].column.cells if drafts else []
        return [None] * len(cells)
    rows = zip(starts.column.cells, ends.column.cells, strict=True)
    return [_between(_clock(a, starts), _clock(b, ends)) for a, b in rows]


def _span(cell: str, form: str) -> Fraction | None:
    try:
        first, last = read_times(cell, form=form)
    except CellUnreadable:
        return None
    return _between(first.hour * 60 + first.minute, last.hour * 60 + last.minute)


def _clock(cell: str, draft: Draft) -> int | None:
    form = str(draft.settings["form"]).replace("THH", " HH")
    clock = cell.replace("T", " ").rpartition(" ")[2][:5]
    try:
        found = read_time(clock, form=form.rpartition(" ")[2][:5])
    except (CellUnreadable, ValueError):
        return None
    return found.hour * 60 + found.minute


def _between(first: int | None, last: int | None) -> Fraction | None:
    if first is None or last is None or last <= first:
        return None
    return Fraction(last - first)


def _period_units(amounts: list[Draft], *, days: int | None) -> None:
    offered = _offered(amounts, days=days)
    nothing: Minutes = [None] * len(offered or [])
    parts = [draft for draft in amounts if draft.field != "offered_minutes"]
    guesses = {id(draft): _part_unit(draft, offered or nothing, parts) for draft in parts}
    silent = [
        draft
        for draft in parts
        if guesses[id(draft)].unit is None and draft.header_unit is None and draft.field in _PARTS
    ]
    joint = _joint_unit(silent, offered) if offered else None
    for draft in parts:
        if joint and draft in silent:
            guesses[id(draft)] = joint
    for draft in parts:
        _apply(
            draft,
            guesses[id(draft)] if guesses[id(draft)].unit else _as_its_twin(draft, parts, guesses),
        )


def _as_its_twin(draft: Draft, parts: list[Draft], guesses: dict[int, UnitGuess]) -> UnitGuess:
    """`Ogiltig frånvaro` is in the unit of `Giltig frånvaro`, where neither header names one."""
    own = guesses[id(draft)]
    for other in parts:
        twins = f"o{draft.base}" == other.base or f"o{other.base}" == draft.base
        found = guesses[id(other)]
        silent = draft.header_unit is other.header_unit is None
        if twins and silent and found.unit == "minutes" and _are_whole(draft.column.filled):
            return UnitGuess("minutes", f"as its twin, {other.column.header}")
    return own


def _offered(amounts: list[Draft], *, days: int | None) -> Minutes | None:
    """Time offered, row by row, from the column of it whose unit is best known."""
    found: Minutes | None = None
    for draft in amounts:
        if draft.field != "offered_minutes":
            continue
        guess = _unit(draft, [None] * len(draft.column.cells), kind="offered")
        if guess.unit is None and draft.header_unit is None:
            guess = offered_unit(draft.column.cells, days=days)
        if guess.unit in ("percent", "share"):
            guess = UnitGuess(None, "the time offered cannot be a share")
        minutes = in_minutes(draft.column.cells, guess)
        _apply(draft, guess)
        found = found if found and any(found) else minutes
    return found or [None] * len(amounts[0].column.cells if amounts else [])


def _part_unit(draft: Draft, offered: Minutes, parts: list[Draft]) -> UnitGuess:
    guess = _unit(draft, offered, kind="offered")
    family = {other.base for other in parts}
    if guess.unit or draft.field != "not_acknowledged" or not family >= ABBREVIATIONS:
        return guess
    numbers = [n[0] for cell in draft.column.filled if (n := bare_number(cell))]
    if len(numbers) < len(draft.column.filled) or any(value > 100 for value in numbers):
        return guess
    most = max((bare_number(cell) or (0, 0))[1] for cell in draft.column.filled)
    return UnitGuess("percent", "beside N and GF it is documented as a percentage", most or None)


def _are_whole(cells: Sequence[str]) -> bool:
    return all((number := bare_number(cell)) and not number[1] for cell in cells)


def _joint_unit(silent: list[Draft], offered: Minutes) -> UnitGuess | None:
    names = [draft.field for draft in silent]
    if "present_minutes" not in names or len(set(names)) != len(names):
        return None
    return unit_of_parts([draft.column.cells for draft in silent], offered)


def _one_unit_a_field(amounts: list[Draft]) -> None:
    """The same time in several units is read once, in the one that loses least."""
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in amounts:
        if draft.is_read and draft.field:
            groups[draft.field].append(draft)
    for name, group in groups.items():
        ranked = sorted(group, key=_loss)
        if len(ranked) > 1 and _loss(ranked[0]) == _loss(ranked[1]):
            for draft in group:
                draft.open(f"{len(group)} columns could hold {name}")
            continue
        for draft in ranked[1:]:
            draft.not_read(f"column {ranked[0].column.header} has the same time with less loss")


def _loss(draft: Draft) -> int:
    return _ORDER.index(str(draft.settings["unit"]))


def _settle_absence(drafts: list[Draft], *, shape: str) -> None:
    """Whether a column called only `absence` is all of it, or what is not valid."""
    by_field = {draft.field: draft for draft in drafts if draft.is_read and draft.field}
    draft = by_field.get("absent_minutes")
    if draft is None:
        return
    parts = [name for name in ("valid_minutes", "invalid_minutes") if name in by_field]
    sums = Sums.of(by_field)
    if shape == "lessons":
        has_open = any(other.outcome == "cannot tell" for other in drafts)
        _absence_in_lessons(draft, by_field, parts=parts, sums=sums, has_open=has_open)
    elif parts and not draft.base.startswith(_ALL_ABSENCE):
        _absence_in_periods(draft, parts=parts, sums=sums)


def _absence_in_lessons(
    draft: Draft,
    by_field: dict[str, Draft],
    *,
    parts: Sequence[str],
    sums: Sums,
    has_open: bool,
) -> None:
    if parts:
        if len(parts) == 2 and sums.make_up(parts, "absent_minutes"):
            draft.not_read("it is the sum of valid and invalid absence, which are read")
        else:
            draft.open("beside valid or invalid absence it can be all of it, or the rest")
    elif not {"status", "reason"} & set(by_field) and has_open:
        draft.open("which absence it is may stand in a column that cannot be told")
    elif not {"status", "reason"} & set(by_field):
        draft.read("unclassified_minutes", f"{draft.why}; nothing tells which absence it is")


def _absence_in_periods(draft: Draft, *, parts: Sequence[str], sums: Sums) -> None:
    if len(parts) == 2 and sums.make_up(parts, "absent_minutes"):
        draft.why += "; it is valid and invalid absence together"
        return
    total = sums.make_up(["present_minutes", "absent_minutes"], "offered_minutes")
    rest = sums.make_up(["present_minutes", "absent_minutes", *parts], "offered_minutes")
    if total and not rest:
        draft.why += "; with presence it makes up the time offered, so it is all absence"
    elif rest and not total and list(parts) == ["valid_minutes"]:
        why = "with presence and valid absence it makes up the time offered, so it is not valid"
        draft.read("invalid_minutes", why)
    else:
        draft.open("it can be all absence, or only that which is not named beside it")
