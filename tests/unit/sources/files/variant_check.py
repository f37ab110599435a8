"""Whether an inspection of a variant is right, open with a reason, or wrong in silence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from tests.unit.sources.files.variants import TODAY, Part, Variant

from narvaro.errors import InputRefused
from narvaro.sources.files import Inspection, inspect_file, profile_from_text, read_file
from narvaro.sources.files.amounts import is_empty, read_amount
from narvaro.sources.files.grid import as_text
from narvaro.sources.files.guessing import Guess

LESSONS = """
    SELECT m.pupil, l.starts_at, coalesce(m.valid_minutes, 0), coalesce(m.invalid_minutes, 0),
        coalesce(m.unclassified_minutes, 0), m.acknowledged
    FROM '{folder}/marks.parquet' m JOIN '{folder}/lessons.parquet' l USING (lesson)
"""
SUMMARIES = """
    SELECT pupil, "from", "to", offered_minutes, valid_minutes, invalid_minutes, precision
    FROM '{folder}/period_summaries.parquet'
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict` is right, cannot tell or wrong; `why` names the columns, or the difference."""

    verdict: str
    why: tuple[str, ...] = ()


def judge(variant: Variant, into: Path) -> Judgement:
    """Hold the guess of every column, and what is read by it, against the truth."""
    found = inspect_file(variant.path, today=TODAY)
    wrong = tuple(_wrong_columns(variant, found))
    if wrong:
        return Judgement("wrong", wrong)
    if found.shape not in (None, variant.shape):
        return Judgement("wrong", (f"shape {found.shape}",))
    if found.cannot_tell:
        return Judgement("cannot tell", found.cannot_tell)
    return _read(variant, found, into)


def _wrong_columns(variant: Variant, found: Inspection) -> list[str]:
    """Columns guessed as something they are not; what is said to be open is not wrong."""
    if not found.columns:
        return []
    if len(found.columns) != len(variant.parts):
        return ["the number of columns"]
    return [
        f"{guess.header}: {guess.field} {dict(guess.settings)} ({guess.why})"
        for guess, part in zip(found.columns, variant.parts, strict=True)
        if guess.outcome != "cannot tell" and not _is_right(guess, part)
    ]


def _is_right(guess: Guess, part: Part) -> bool:
    if guess.outcome == "not read":
        return part.field is None or "is the sum of" in guess.why or "empty" in guess.why
    if guess.field != part.field:
        return False
    if part.minutes is None or part.unit is None:
        return True
    if part.unit.endswith(("percent", "lessons")):
        return guess.settings["unit"] == part.unit.removeprefix("bare ")
    decimals = guess.settings.get("decimals")
    read = [
        None
        if cell is None or is_empty(as_text(cell))
        else read_amount(
            as_text(cell),
            unit=str(guess.settings["unit"]),
            decimals=decimals if isinstance(decimals, int) else None,
        ).nearest_minute
        for cell in part.cells
    ]
    return all(a is None or a == b for a, b in zip(read, part.minutes, strict=True))


def _read(variant: Variant, found: Inspection, into: Path) -> Judgement:
    try:
        profile = profile_from_text(found.profile_text)
        delivery = read_file(
            variant.path,
            profile,
            keys=lambda kind, value: f"{kind}:{value}",
            into=into,
            today=TODAY,
        )
    except InputRefused as refused:
        return Judgement("wrong", tuple(str(fault) for fault in refused.faults[:3]))
    rows = _rows(SUMMARIES if variant.shape == "period_summaries" else LESSONS, delivery.folder)
    if variant.shape == "period_summaries":
        return _compare_summaries(variant, rows)
    difference = rows ^ variant.rows
    return Judgement("wrong", (f"{len(difference)} rows differ",)) if difference else RIGHT


def _compare_summaries(variant: Variant, rows: set[tuple[Any, ...]]) -> Judgement:
    """Exact rows are the truth; rounded ones lie within the rounding and say that they do."""
    truth = {row[:3]: row[3:] for row in variant.rows}
    if {row[:3] for row in rows} != set(truth):
        return Judgement("wrong", ("other pupils or periods",))
    for row in rows:
        whole = truth[row[:3]]
        if row[6] == "exact" and row[3:6] != whole:
            return Judgement("wrong", ("an exact row is not the truth",))
        slack = 0.0006 * whole[0] + 1  # type: ignore[operator]
        if any(abs(a - b) > slack for a, b in zip(row[3:6], whole, strict=True)):
            return Judgement("wrong", ("a rounded row is further off than rounding",))
    return RIGHT


RIGHT = Judgement("right")


def _rows(query: str, folder: Path) -> set[tuple[Any, ...]]:
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        return set(con.execute(query.format(folder=folder)).fetchall())
