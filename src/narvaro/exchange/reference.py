"""Writes docs/reference/exchange-format.md: `python -m narvaro.exchange.reference > …`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from narvaro.exchange.schema import EVERYWHERE, SQL_TYPES, Column, Kind, Table
from narvaro.exchange.tables import TABLES
from narvaro.exchange.tables.columns import TEXT_LENGTH

_KINDS = {
    Kind.KEY: "1 to 200 characters on one line, kept as they are; a formula (`=…`) is refused",
    Kind.KEYS: "keys with `;` between them",
    Kind.TEXT: "text, at most 1,000 characters",
    Kind.WORD: "one of the words named, in any case",
    Kind.OPEN_WORD: "a word of the programme's or source's own, at most 200 characters",
    Kind.REASON: "one of the words named; any other text is dropped",
    Kind.BOOLEAN: "`true` or `false`",
    Kind.DATE: "`YYYY-MM-DD`, 1990 to 2100 (a date of birth from 1900)",
    Kind.MONTH: "`YYYY-MM`",
    Kind.SCHOOL_YEAR: "`2025/2026` or `2025-2026`, kept as the first",
    Kind.TIME: "ISO 8601 with offset or `Z`: `2026-03-02T08:10:00+01:00`; seconds may be left out",
    Kind.COUNT: "digits only, at most the number named: no sign, decimals or thousands",
    Kind.DECIMAL: "digits with a point and at most two decimals",
}

EXAMPLE = {
    "organisations.csv": (
        "organisation,name,kind,parent\n"
        "town,The town,school_authority,\n"
        "hill,Hill School,school_unit,town\n"
    ),
    "enrolments.csv": "pupil,school,class,grade,starts_on\np1,hill,7A,7,2025-08-18\n",
    "lessons.csv": (
        "lesson,school,starts_at,minutes,class,acknowledged\n"
        "l1,hill,2026-03-02T08:10:00+01:00,60,7A,yes\n"
        "l2,hill,2026-03-02T09:20:00+01:00,40,7A,yes\n"
    ),
    "marks.csv": (
        "lesson,pupil,valid_minutes,invalid_minutes,reason,recorded_at\n"
        "l1,p1,60,,notified,2026-03-02T08:15:00+01:00\n"
    ),
}
"""The smallest delivery that measures something, for the page and its test."""


def write_reference() -> str:
    """The whole page, in Markdown."""
    page = (Path(__file__).parent / "reference.md").read_text(encoding="utf-8")
    core = [table for table in TABLES.values() if not table.people]
    people = [table for table in TABLES.values() if table.people]
    for mark, text in (
        ("example", _example()),
        ("kinds", _kinds()),
        ("everywhere", _columns(EVERYWHERE)),
        ("tables", _tables(core)),
        ("people", _tables(people)),
    ):
        page = page.replace(f"<!-- {mark} -->", text)
    return page


def _example() -> str:
    return "\n\n".join(f"`{name}`\n\n```csv\n{text}```" for name, text in EXAMPLE.items())


def _kinds() -> str:
    return "\n".join(f"| {kind.value} | {_KINDS[kind]} | {SQL_TYPES[kind]} |" for kind in Kind)


def _tables(tables: Iterable[Table]) -> str:
    return "\n\n".join(_table(table) for table in tables)


def _table(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    return f"### `{table.name}`\n\n{table.meaning} Key: {key}.\n\n{_columns(table.columns)}"


def _columns(columns: Iterable[Column]) -> str:
    head = ["| column | kind | meaning |", "|---|---|---|"]
    return "\n".join(head + [_column(column) for column in columns])


def _column(column: Column) -> str:
    mark = "" if column.required else "?"
    return f"| `{column.name}`{mark} | {_kind(column)} | {column.meaning} |"


def _kind(column: Column) -> str:
    words = " ".join(f"`{word}`" for word in column.words)
    if column.kind is Kind.OPEN_WORD:
        return f"open word, such as {words}" if words else "open word"
    if words:
        return f"{column.kind.value}: {words}"
    if column.kind in (Kind.COUNT, Kind.DECIMAL):
        return f"{column.kind.value} to {column.limit:,}"
    if column.kind is Kind.TEXT and column.limit != TEXT_LENGTH:
        return f"text to {column.limit} characters"
    return column.kind.value


if __name__ == "__main__":
    sys.stdout.write(write_reference())
