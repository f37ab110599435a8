"""Tables for people: rules and colour on a terminal, plain aligned text elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

Row = Mapping[str, Any]
GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table for people: the row's key, its heading, and whether it holds numbers."""

    key: str
    heading: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table is written on: a stream, and whether a person looks at it in a terminal."""

    stream: IO[str]
    is_terminal: bool


def write_table(sheet: Sheet, rows: Sequence[Row], columns: Sequence[Column], title: str) -> None:
    """The rows under their headings."""
    cells = [[cell(row.get(column.key)) for column in columns] for row in rows]
    if sheet.is_terminal:
        _on_a_terminal(sheet.stream, cells, columns, title)
        return
    for line in ([title] if title else []) + aligned(cells, columns):
        sheet.stream.write(f"{line}\n")


def cell(value: Any) -> str:
    """One value as people read it; nothing is a dash, never a zero."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(cell(part) for part in value) or "–"
    return str(value)


def aligned(cells: Sequence[Sequence[str]], columns: Sequence[Column]) -> list[str]:
    """Lines of equal columns; numbers to the right."""
    headings = [column.heading for column in columns]
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    return [
        GAP.join(
            text.rjust(width) if column.is_number else text.ljust(width)
            for text, width, column in zip(line, widths, columns, strict=True)
        ).rstrip()
        for line in (headings, *cells)
    ]


def _on_a_terminal(
    stream: IO[str], cells: Sequence[Sequence[str]], columns: Sequence[Column], title: str
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(
        title=title or None,
        title_justify="left",
        header_style="bold cyan",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )
    for column in columns:
        table.add_column(column.heading, justify="right" if column.is_number else "left")
    for line in cells:
        table.add_row(*line)
    Console(file=stream, markup=False, highlight=False).print(table)
