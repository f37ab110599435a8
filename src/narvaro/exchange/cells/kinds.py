"""Which reader serves which kind of column."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from narvaro.exchange.cells.keys import read_key, read_keys, read_open_word, read_text
from narvaro.exchange.cells.numbers import read_count, read_decimal, take_number
from narvaro.exchange.cells.reading import Given, Reading
from narvaro.exchange.cells.times import (
    read_date,
    read_month,
    read_school_year,
    read_time,
    take_time,
)
from narvaro.exchange.cells.words import read_boolean, read_reason, read_word
from narvaro.exchange.schema import Column, Kind

Reader = Callable[[Column, Given], Reading]

_OF_TEXT: Mapping[Kind, Reader] = {
    Kind.KEY: read_key,
    Kind.KEYS: read_keys,
    Kind.TEXT: read_text,
    Kind.WORD: read_word,
    Kind.OPEN_WORD: read_open_word,
    Kind.REASON: read_reason,
    Kind.BOOLEAN: read_boolean,
    Kind.DATE: read_date,
    Kind.MONTH: read_month,
    Kind.SCHOOL_YEAR: read_school_year,
    Kind.TIME: read_time,
    Kind.COUNT: read_count,
    Kind.DECIMAL: read_decimal,
}

_OF_TYPED: Mapping[Kind, Reader] = {
    Kind.BOOLEAN: lambda column, _given: Reading(f'"{column.name}"'),
    Kind.DATE: take_time,
    Kind.TIME: take_time,
    Kind.COUNT: take_number,
    Kind.DECIMAL: take_number,
}


def read_cell(column: Column, given: Given) -> Reading:
    """Say in SQL how a column is read that was given as text, or as a type that fits its kind."""
    readers = _OF_TEXT if given.sql_type == "VARCHAR" else _OF_TYPED
    return readers[column.kind](column, given)
