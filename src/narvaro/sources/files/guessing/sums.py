"""Whether columns of time add up to another, row by row, as closely as their rounding allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from narvaro.sources.files.amounts import is_empty, read_amount
from narvaro.sources.files.guessing.draft import Draft
from narvaro.sources.files.guessing.units import PROOFS
from narvaro.sources.files.reading_faults import CellUnreadable

Cells = list[tuple[Fraction, Fraction] | None]


@dataclass(frozen=True, slots=True)
class Sums:
    """For each field, row by row: minutes, and by how much rounding can have moved them."""

    minutes: Mapping[str, Cells]

    @classmethod
    def of(cls, by_field: Mapping[str, Draft]) -> Sums:
        """Of every column whose unit is known; shares are of the time offered."""
        offered = by_field.get("offered_minutes")
        wholes = _cells(offered, None) if offered else None
        return cls(
            {
                name: _cells(draft, wholes)
                for name, draft in by_field.items()
                if "unit" in draft.settings
            }
        )

    def make_up(self, names: Sequence[str], whole: str) -> bool:
        """Whether the columns add up to another on every row, each being needed on some row."""
        if not {*names, whole} <= set(self.minutes):
            return False
        needed, rows = set[int](), 0
        for *parts, total in zip(*(self.minutes[n] for n in (*names, whole)), strict=True):
            filled = [part for part in parts if part]
            if total is None or len(filled) < len(parts):
                continue
            rows += 1
            slack = total[1] + sum(part[1] for part in filled)
            if abs(sum(part[0] for part in filled) - total[0]) > slack:
                return False
            needed |= {at for at, part in enumerate(filled) if part[0] > 2 * slack}
        return rows >= PROOFS and len(needed) == len(names)


def _cells(draft: Draft, wholes: Cells | None) -> Cells:
    return [
        _cell(cell, draft, whole)
        for cell, whole in zip(
            draft.column.cells, wholes or [None] * len(draft.column.cells), strict=True
        )
    ]


def _cell(
    text: str, draft: Draft, whole: tuple[Fraction, Fraction] | None
) -> tuple[Fraction, Fraction] | None:
    if is_empty(text):
        return None
    decimals = draft.settings.get("decimals")
    try:
        found = read_amount(
            text,
            unit=str(draft.settings["unit"]),
            decimals=decimals if isinstance(decimals, int) else None,
        )
    except CellUnreadable:
        return None
    if found.is_share:
        return (found.value * whole[0], found.half * whole[0]) if whole else None
    return found.value, found.half
