"""What a table of the exchange format is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType


class Kind(StrEnum):
    """How the text of a cell is read, and the type it gets."""

    KEY = "key"
    KEYS = "keys"
    TEXT = "text"
    WORD = "word"
    OPEN_WORD = "open word"
    REASON = "reason"
    BOOLEAN = "true or false"
    DATE = "date"
    MONTH = "month"
    SCHOOL_YEAR = "school year"
    TIME = "time"
    COUNT = "whole number"
    DECIMAL = "decimal number"


SQL_TYPES: Mapping[Kind, str] = MappingProxyType(
    dict.fromkeys(Kind, "VARCHAR")
    | {
        Kind.BOOLEAN: "BOOLEAN",
        Kind.DATE: "DATE",
        Kind.TIME: "TIMESTAMPTZ",
        Kind.COUNT: "INTEGER",
        Kind.DECIMAL: "DECIMAL(6,2)",
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `limit` is the largest number or the greatest number of characters."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    words: tuple[str, ...] = ()
    limit: int = 0

    @property
    def sql_type(self) -> str:
        """The type of the column in a staged Parquet file."""
        return SQL_TYPES[self.kind]


@dataclass(frozen=True)
class Table:
    """One table of the format; `people` marks those with names, which the core never opens."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    people: bool = False

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """The table's own columns and the two that every table may carry."""
        return (*self.columns, *EVERYWHERE)

    @cached_property
    def sql_types(self) -> Mapping[str, str]:
        """Every column of the staged Parquet file, in order, with its type."""
        types = {column.name: column.sql_type for column in self.all_columns}
        return MappingProxyType(types | {"line": "BIGINT"})

    def column(self, name: str) -> Column:
        """Find a column by its name; KeyError when the table has none of that name."""
        for column in self.all_columns:
            if column.name == name:
                return column
        raise KeyError(name)


EVERYWHERE = (
    Column("recorded_at", Kind.TIME, "when the row became known"),
    Column("withdrawn", Kind.BOOLEAN, "true takes the row of this key away from `recorded_at`"),
)
