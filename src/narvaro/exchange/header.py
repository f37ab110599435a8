"""Which column stands where in a file, from the names it gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from narvaro.errors import Fault
from narvaro.exchange.delivery import Notice
from narvaro.exchange.schema import Table

HEADER_LINE = 1


@dataclass(frozen=True, slots=True)
class Header:
    """`places` maps each known column to its place (from 0) among `width` columns."""

    places: Mapping[str, int]
    width: int
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]


def read_header(table: Table, names: Sequence[str]) -> Header:
    """Match the names of a file's columns to a table's; case and outer spaces do not matter."""
    cleaned = [name.strip().lower() for name in names]
    known = {column.name for column in table.all_columns}
    places = {name: place for place, name in enumerate(cleaned) if name in known}
    return Header(
        places,
        len(cleaned),
        (*_missing(table, cleaned), *_doubled(table, cleaned, known)),
        _unknown(table, names, known) if places else (),
    )


def _missing(table: Table, given: Sequence[str]) -> list[Fault]:
    hint = _hint(table, given)
    return [
        Fault(
            table.name,
            HEADER_LINE,
            column.name,
            "the column is missing",
            hint or "Add it to the header and fill it in on every row.",
        )
        for column in table.columns
        if column.required and column.name not in given
    ]


def _hint(table: Table, given: Sequence[str]) -> str:
    """What may have happened to a header of which nothing is known; its words may be a pupil's."""
    if any(column.name in given for column in table.columns):
        return ""
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len(given) == 1 and separator in given[0]:
            return f"The columns stand between {name}; write commas."
    return "The first line must be a header with the names of the columns."


def _doubled(table: Table, given: Sequence[str], known: set[str]) -> list[Fault]:
    return [
        Fault(
            table.name, HEADER_LINE, name, "the column is there twice", "Keep one of the columns."
        )
        for name in sorted(known)
        if given.count(name) > 1
    ]


def _unknown(table: Table, names: Sequence[str], known: set[str]) -> tuple[Notice, ...]:
    return tuple(
        Notice(table.name, _shown(name), 0, HEADER_LINE, "unknown column, kept out")
        for name in names
        if name.strip().lower() not in known
    )


def _shown(name: str) -> str:
    """A column's name as it may be printed: one line, not too long."""
    printable = "".join(sign if sign.isprintable() else "?" for sign in name.strip())
    return printable[:60] or "(without a name)"
