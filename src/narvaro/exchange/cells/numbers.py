"""Whole and decimal numbers. A pattern comes before every cast: the engine reads 5.6 as 6."""

from __future__ import annotations

from narvaro.exchange.cells.reading import Check, Given, Reading, lost, names, unread
from narvaro.exchange.schema import Column


def read_count(column: Column, _given: Given) -> Reading:
    """Digits only, at most the column's limit."""
    raw, _ = names(column)
    found = f"TRY_CAST(regexp_extract(trim({raw}), '^[0-9]{{1,10}}$', 0) AS INTEGER)"
    other = (
        unread(column),
        "not a whole number",
        "Write digits only: no sign, decimals, units or spaces between thousands.",
    )
    return Reading(found, (_negative(column), _above(column), other), _suspect(column))


def read_decimal(column: Column, _given: Given) -> Reading:
    """Digits with a point and at most two decimals."""
    raw, _ = names(column)
    text = f"regexp_extract(trim({raw}), '^[0-9]{{1,4}}(\\.[0-9]{{1,2}})?$', 0)"
    other = (
        unread(column),
        "not a decimal number",
        "Write digits with a point and at most two decimals, such as 212.5.",
    )
    checks = (_negative(column), _above(column), other)
    return Reading(f"TRY_CAST({text} AS {column.sql_type})", checks, _suspect(column))


def take_number(column: Column, _given: Given) -> Reading:
    """A column that was given as numbers."""
    raw, value = names(column)
    below = (f"{raw} < 0", *_negative(column)[1:])
    found = f"TRY_CAST({raw} AS {column.sql_type})"
    return Reading(found, (below, _above(column)), f"{_suspect(column)} OR {value} < 0")


def _negative(column: Column) -> Check:
    raw, _ = names(column)
    return (
        f"regexp_matches({raw}, '^\\s*-[0-9.]+\\s*$')",
        "negative",
        "Numbers here are 0 or more; leave the cell empty if unknown.",
    )


def _above(column: Column) -> Check:
    raw, value = names(column)
    overflown = f"{value} IS NULL AND CAST({raw} AS VARCHAR) ~ '\\s*[0-9]{{10,}}\\s*'"
    return (
        f"{value} > {column.limit} OR ({overflown})",
        f"greater than {column.limit:,}",
        "Check the unit, such as minutes and not seconds, and that the columns are in place.",
    )


def _suspect(column: Column) -> str:
    _, value = names(column)
    return f"{lost(column)} OR {value} > {column.limit}"
