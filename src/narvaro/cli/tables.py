"""Tables for people: rules and colour on a terminal, plain aligned text elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from narvaro.cli.output import Column, Out, Row

GAP = "  "


def write_table(out: Out, rows: Sequence[Row], columns: Sequence[Column], *, title: str) -> None:
    """The rows under their headings."""
    cells = [[cell(row.get(column.key)) for column in columns] for row in rows]
    if out.is_terminal:
        _on_a_terminal(out, cells, columns, title)
        return
    if title:
        out.line(title)
    out.lines(aligned(cells, columns))


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
    out: Out, cells: Sequence[Sequence[str]], columns: Sequence[Column], title: str
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
    Console(file=out.stream, markup=False, highlight=False).print(table)
