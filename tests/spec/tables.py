"""Small text tables: written by people, read by tests, printed in the manual."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from inspect import cleandoc
from typing import Any

Table = list[dict[str, str]]
PAIRS = ("share", "low", "high", "coverage")
COUNTS = (
    "scheduled",
    "acknowledged",
    "valid",
    "invalid",
    "unclassified",
    "other",
    "absent",
    "leave",
    "full_timetable",
)


def table(text: str) -> Table:
    """Rows of `column | column` text; a line of dashes and empty lines are left out.

    An empty cell is an empty text. A row with too few or too many cells is refused.
    """
    lines = [line for line in cleandoc(text).splitlines() if line.strip(" -+|")]
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [dict(zip(header, cells, strict=True)) for cells in rows]


def as_markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """The same rows as a table of the manual."""
    header = list(rows[0])
    lines = [header, ["---"] * len(header), *[[row[column] for column in header] for row in rows]]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def as_text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Table:
    """Answers of the product in the words of the expected tables, in order of their cells."""
    found = [{column: cell(row, column) for column in columns} for row in rows]
    return sorted(found, key=lambda row: [row[column] for column in columns])


def cell(row: Mapping[str, Any], column: str) -> str:
    """One answer as text: minutes by their short name, a pair as `3/8`, nothing as `none`."""
    value = row[f"{column}_minutes"] if column in COUNTS else row[column]
    if value is None:
        return "none"
    if isinstance(value, Mapping):
        return f"{value['numerator']}/{value['denominator']}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    return str(value)


def in_order(rows: Table) -> Table:
    return sorted(rows, key=lambda row: list(row.values()))
