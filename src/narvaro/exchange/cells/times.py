"""Days, months, school years and moments."""

from __future__ import annotations

from narvaro.engine.duck import literal
from narvaro.exchange.cells.reading import Check, Given, Reading, lost, names, unread
from narvaro.exchange.schema import Column

FIRST_DAY, FIRST_BIRTH, LAST_DAY = "1990-01-01", "1900-01-01", "2100-12-31"

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?"
_OFFSET = r"(Z|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)"
_LOCAL = f"^{_DAY}[T ]{_CLOCK}$"
_MOMENT = f"^{_DAY}[T ]{_CLOCK}{_OFFSET}$"
_YEAR = "(199[0-9]|20[0-9]{2}|2100)"


def read_date(column: Column, _given: Given) -> Reading:
    """A day as YYYY-MM-DD, between 1990 and 2100 (a date of birth from 1900)."""
    raw, _ = names(column)
    found = f"TRY_CAST(regexp_extract(trim({raw}), '^{_DAY}$', 0) AS DATE)"
    other = (unread(column), "not a date", "Write it as YYYY-MM-DD, a day that exists.")
    outside = _outside(column)
    return Reading(found, (other, outside), f"{lost(column)} OR {outside[0]}")


def read_month(column: Column, _given: Given) -> Reading:
    """A month as YYYY-MM, kept as text."""
    raw, _ = names(column)
    found = f"nullif(regexp_extract(trim({raw}), '^{_YEAR}-(0[1-9]|1[0-2])$', 0), '')"
    return Reading(found, ((unread(column), "not a month", "Write it as YYYY-MM."),), lost(column))


def read_school_year(column: Column, _given: Given) -> Reading:
    """Two years in a row, `2025/2026` or `2025-2026`, kept as the first of these."""
    raw, _ = names(column)
    text = f"regexp_extract(trim({raw}), '^{_YEAR}[/-]{_YEAR}$', 0)"
    first, second = f"TRY_CAST({text}[1:4] AS INTEGER)", f"TRY_CAST({text}[6:9] AS INTEGER)"
    found = f"CASE WHEN {second} = {first} + 1 THEN replace({text}, '-', '/') END"
    other = (unread(column), "not a school year", "Write it as 2025/2026.")
    return Reading(found, (other,), lost(column))


def read_time(column: Column, given: Given) -> Reading:
    """A moment with offset or Z; without either only where the source's zone is known."""
    raw, value = names(column)
    text = f"upper(trim({raw}))"
    found = f"TRY_CAST(regexp_extract({text}, {literal(_MOMENT)}, 0) AS TIMESTAMPTZ)"
    if given.zone:
        local = f"TRY_CAST(regexp_extract({text}, {literal(_LOCAL)}, 0) AS TIMESTAMP)"
        found = f"coalesce({found}, timezone({literal(given.zone)}, {local}))"
    bare = (
        f"{value} IS NULL AND regexp_matches({text}, {literal(_LOCAL)})",
        "a time without offset",
        "Write the offset, such as 2026-03-02T08:10:00+01:00, or say which zone the source uses.",
    )
    other = (
        unread(column),
        "not a time",
        "Write it as 2026-03-02T08:10:00+01:00 or 2026-03-02T07:10:00Z.",
    )
    outside = _outside(column)
    return Reading(found, (bare, other, outside), f"{lost(column)} OR {outside[0]}")


def take_time(column: Column, given: Given) -> Reading:
    """A column that was given as times or days."""
    raw, _ = names(column)
    outside = _outside(column)
    if given.sql_type == "TIMESTAMP":
        raw = f"timezone({literal(given.zone or 'UTC')}, CAST({raw} AS TIMESTAMP))"
    return Reading(f"CAST({raw} AS {column.sql_type})", (outside,), outside[0])


def _outside(column: Column) -> Check:
    _, value = names(column)
    first = FIRST_BIRTH if column.name == "birth_date" else FIRST_DAY
    after = f"DATE '{LAST_DAY}' + INTERVAL 1 DAY"
    return (
        f"({value} < DATE '{first}' OR {value} >= {after})",
        f"outside {first[:4]} to {LAST_DAY[:4]}",
        "Check the year.",
    )
