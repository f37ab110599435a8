"""Short names for the columns that the tables are written with."""

from __future__ import annotations

from narvaro.exchange.schema import Column, Kind

KEY_LENGTH = 200  # a key is an identifier; longer texts are something else in the wrong column
TEXT_LENGTH = 1_000
DAY_MINUTES = 1_440
YEAR_MINUTES = 366 * DAY_MINUTES
SCHOOL_MINUTES = 2_000_000_000  # one month of a whole school, summed; fits 32 bits
PEOPLE = 1_000_000

YES_NO_UNKNOWN = ("yes", "no", "unknown")


def key(name: str, meaning: str, *, required: bool = True) -> Column:
    return Column(name, Kind.KEY, meaning, required=required, limit=KEY_LENGTH)


def text(name: str, meaning: str, *, required: bool = False, limit: int = TEXT_LENGTH) -> Column:
    return Column(name, Kind.TEXT, meaning, required=required, limit=limit)


def word(name: str, words: tuple[str, ...], meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.WORD, meaning, required=required, words=words)


def open_word(name: str, known: tuple[str, ...], meaning: str, *, required: bool = True) -> Column:
    return Column(name, Kind.OPEN_WORD, meaning, required=required, words=known, limit=KEY_LENGTH)


def answer(name: str, meaning: str) -> Column:
    return word(name, YES_NO_UNKNOWN, meaning)


def truth(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.BOOLEAN, meaning, required=required)


def day(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.DATE, meaning, required=required)


def moment(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.TIME, meaning, required=required)


def minutes(name: str, meaning: str, *, required: bool = False, limit: int = DAY_MINUTES) -> Column:
    return Column(name, Kind.COUNT, meaning, required=required, limit=limit)


def count(name: str, meaning: str, *, required: bool = False, limit: int = PEOPLE) -> Column:
    return Column(name, Kind.COUNT, meaning, required=required, limit=limit)
