"""What the reading of one cell is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from narvaro.engine.duck import identifier
from narvaro.exchange.schema import Column

Check: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """How a column was given: its SQL type, and what is known of all its cells.

    `zone` reads times without offset. `is_printable` says that every cell is printable ASCII.
    """

    sql_type: str
    zone: str | None = None
    is_printable: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column is read, in SQL.

    `checks` are (condition, problem, remedy) in order of precedence. `suspect` is a cheap
    condition that holds for every cell with a fault, and for next to no other.
    """

    value: str
    checks: tuple[Check, ...] = ()
    suspect: str = "false"


def value_name(column: str) -> str:
    """The name of a column's typed value inside the reading query."""
    return identifier(f"v_{column}")


def names(column: Column) -> tuple[str, str]:
    """The names of a column's cell as given and of its typed value."""
    return identifier(column.name), value_name(column.name)


def unread(column: Column) -> str:
    """True for a cell that holds something which could not be read."""
    raw, value = names(column)
    return f"{value} IS NULL AND trim({raw}) <> ''"


def lost(column: Column) -> str:
    """True for every cell that could not be read, and for one of spaces only: no text is read."""
    raw, value = names(column)
    return f"({value} IS NULL AND {raw} IS NOT NULL)"
