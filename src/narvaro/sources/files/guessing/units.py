"""Which unit the numbers of a column have; only one that is proven or stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from narvaro.sources.files.amounts import bare_number, is_empty, own_unit, read_amount
from narvaro.sources.files.reading_faults import CellUnreadable

PROOFS: Final = 3  # rows that must agree before an equality is believed
_FACTOR: Final = {"minutes": 1, "hours": 60}


@dataclass(frozen=True, slots=True)
class UnitGuess:
    """A unit and why; `unit` is None where it cannot be told."""

    unit: str | None
    why: str
    decimals: int | None = None

    @property
    def settings(self) -> dict[str, object]:
        """The column's keys in a profile."""
        found: dict[str, object] = {"unit": self.unit or "minutes"}
        if self.decimals and self.unit in ("hours", "percent", "clock"):
            found["decimals"] = self.decimals
        return found


def is_amount(cells: Sequence[str]) -> bool:
    """Whether every cell is a number, a clock duration or a percentage."""
    return bool(cells) and all(bare_number(cell) or own_unit(cell) for cell in cells)


def decimals_of(cells: Sequence[str]) -> int | None:
    """The most decimals a bare number shows, None when there are none."""
    most = max((found[1] for cell in cells if (found := _number(cell))), default=0)
    return most or None


def guess_unit(
    cells: Sequence[str], *, header_unit: str | None, longest: Sequence[Fraction | None], kind: str
) -> UnitGuess:
    """The unit of bare numbers in a column.

    `longest` is, row by row, the time in minutes that no cell can exceed: the lesson's length
    (`kind` lesson, late) or the time offered (`kind` offered); None where it is not known.
    """
    filled = [cell for cell in cells if not is_empty(cell)]
    own = {own_unit(cell) for cell in filled}
    if None not in own:
        return _self_explained(filled, own)
    bare = [cell for cell in filled if own_unit(cell) is None]
    if own & {"percent"} and len(own) > 1:
        return UnitGuess(None, "some cells are percentages and others are not")
    if any(_is_grouped(cell) for cell in bare):
        return UnitGuess(None, "a mark in a number can part thousands or decimals")
    stated = _stated(bare, header_unit)
    pairs = [
        (found[0], most)
        for cell, most in zip(cells, longest, strict=True)
        if (found := _number(cell)) and most is not None
    ]
    return _against(stated, pairs, bare=bare, kind=kind)


def in_minutes(cells: Sequence[str], guess: UnitGuess) -> list[Fraction | None]:
    """The cells as minutes, row by row, where the unit is known."""
    return [_minutes(cell, guess) for cell in cells]


def _minutes(cell: str, guess: UnitGuess) -> Fraction | None:
    if guess.unit in (None, "percent", "share") or is_empty(cell):
        return None
    try:
        found = read_amount(cell, unit=str(guess.unit), decimals=guess.decimals)
    except CellUnreadable:
        return None
    whole = found.whole_minutes
    return found.value if whole is None else Fraction(whole)


def _number(cell: str) -> tuple[Fraction, int] | None:
    return bare_number(cell)


def _is_grouped(cell: str) -> bool:
    try:
        read_amount(cell, unit="minutes")
    except CellUnreadable as error:
        return "thousands" in error.problem
    return False


def _self_explained(filled: Sequence[str], own: set[str | None]) -> UnitGuess:
    decimals = max((_shown(cell) for cell in filled), default=0) or None
    if own == {"percent"}:
        return UnitGuess("percent", "every cell has a per cent sign", decimals)
    if "percent" in own:
        return UnitGuess(None, "some cells are percentages and others are not")
    if len(own) == 1:
        only = str(next(iter(own)))
        says = "is h:mm" if only == "clock" else f"says {only}"
        return UnitGuess(only, f"every cell {says}", decimals)
    return UnitGuess("clock", "every cell says its own unit, in more than one way", decimals)


def _shown(cell: str) -> int:
    _, mark, after = cell.replace(",", ".").partition(".")
    digits = len(after) - len(after.lstrip("0123456789"))
    return digits if mark else 0


def _stated(bare: Sequence[str], header_unit: str | None) -> UnitGuess:
    decimals = decimals_of(bare)
    if header_unit is None:
        return UnitGuess(None, "the header names no unit")
    if header_unit == "minutes" and decimals:
        return UnitGuess(None, "the header says minutes, but the cells have decimals")
    if header_unit == "percent":
        return _percent_or_share(bare, decimals)
    return UnitGuess(header_unit, f"the header says {header_unit}", decimals)


def _percent_or_share(bare: Sequence[str], decimals: int | None) -> UnitGuess:
    values = [found[0] for cell in bare if (found := _number(cell))]
    if any(value > 100 for value in values):
        return UnitGuess(None, "the header says per cent, but a cell is above 100")
    if not any(value > 1 for value in values) and any(values):
        return UnitGuess(None, "the header says per cent, but 1 can be all or a hundredth")
    return UnitGuess("percent", "the header says per cent", decimals)


def _against(
    stated: UnitGuess, pairs: Sequence[tuple[Fraction, Fraction]], *, bare: Sequence[str], kind: str
) -> UnitGuess:
    """Hold what the header says against the rows, or find out from the rows what it does not."""
    if stated.unit == "percent" or (stated.unit is None and stated.why != _SILENT):
        return stated
    if stated.unit:
        if _is_possible(stated.unit, pairs):
            return stated
        return UnitGuess(
            None, f"the header says {stated.unit}, but some are longer than {_whole(kind)}"
        )
    return (
        _by_exclusion(pairs, bare)
        if kind == "offered"
        else _from_rows(pairs, decimals=decimals_of(bare), kind=kind)
    )


_SILENT: Final = "the header names no unit"


def _whole(kind: str) -> str:
    return "the lesson" if kind == "lesson" else "the time offered"


def _is_possible(unit: str, pairs: Sequence[tuple[Fraction, Fraction]]) -> bool:
    return all(value * _FACTOR[unit] <= most + _slack(unit) for value, most in pairs)


def _slack(unit: str) -> Fraction:
    return Fraction(1, 2) if unit == "hours" else Fraction(0)


def _by_exclusion(pairs: Sequence[tuple[Fraction, Fraction]], bare: Sequence[str]) -> UnitGuess:
    """Minutes, if as hours, as per cent and as lessons of ten minutes they would be too many."""
    too_many = any(value * 10 > most and value > 100 for value, most in pairs)
    if too_many and not decimals_of(bare) and _is_possible("minutes", pairs):
        return UnitGuess("minutes", "as hours, per cent or lessons some would be too many")
    return UnitGuess(None, _SILENT)


def _from_rows(
    pairs: Sequence[tuple[Fraction, Fraction]], *, decimals: int | None, kind: str
) -> UnitGuess:
    """What whole-lesson absence shows; a number that is never the whole lesson shows nothing."""
    whole = {
        unit: sum(abs(value * _FACTOR[unit] - most) <= _slack(unit) for value, most in pairs)
        for unit in _FACTOR
    }
    shown = {unit for unit, rows in whole.items() if rows >= PROOFS and _is_possible(unit, pairs)}
    if kind == "late" and not decimals and _are_minutes_late([value for value, _ in pairs]):
        return UnitGuess("minutes", "whole numbers of different size, as minutes late are")
    if decimals and shown == {"hours"}:
        return UnitGuess("hours", f"{whole['hours']} rows are the whole lesson in hours", decimals)
    if not decimals and shown == {"minutes"} and not _is_possible("hours", pairs):
        return UnitGuess("minutes", f"{whole['minutes']} rows are the whole lesson in minutes")
    return UnitGuess(None, "the header names no unit, and too few rows show it")


def _are_minutes_late(values: Sequence[Fraction]) -> bool:
    return len(set(values)) >= PROOFS and max(values, default=Fraction(0)) >= 5


def offered_unit(cells: Sequence[str], *, days: int | None) -> UnitGuess:
    """The unit of time offered over a period whose header names none."""
    numbers = [found for cell in cells if (found := _number(cell))]
    decimals = decimals_of(cells)
    if decimals and len(numbers) >= PROOFS:
        return UnitGuess("hours", "there are decimals, and minutes come whole", decimals)
    limit = 24 * days if days else 24 * 366
    if numbers and all(value > limit for value, _ in numbers if value):
        return UnitGuess("minutes", "as hours it would be more than the period has")
    return UnitGuess(None, "the header names no unit, and hours and minutes are both possible")


def unit_of_parts(
    parts: Sequence[Sequence[str]], offered: Sequence[Fraction | None]
) -> UnitGuess | None:
    """The one unit in which presence and absence make up the time offered, on every row."""
    decimals = max((decimals_of(cells) or 0 for cells in parts), default=0)
    fitting = [
        unit for unit in ("minutes", "hours", "percent") if _adds_up(parts, offered, unit, decimals)
    ]
    if len(fitting) != 1 or (fitting == ["minutes"] and decimals):
        return None
    return UnitGuess(fitting[0], "presence and absence make up the time offered", decimals or None)


def _adds_up(
    parts: Sequence[Sequence[str]], offered: Sequence[Fraction | None], unit: str, decimals: int
) -> bool:
    slack = len(parts) * Fraction(1, 2 * 10**decimals)
    rows = 0
    for row, whole in zip(zip(*parts, strict=True), offered, strict=True):
        numbers = [found[0] for cell in row if (found := _number(cell))]
        if whole is None or len(numbers) != len(row):
            continue
        rows += 1
        sought = Fraction(100) if unit == "percent" else whole / _FACTOR[unit]
        if abs(sum(numbers) - sought) > (0 if unit == "minutes" else slack):
            return False
    return rows >= PROOFS
