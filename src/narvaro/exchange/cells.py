"""How the cells of each kind of column are read: as SQL, strictly, with a word on each fault.

Nothing here trusts a cast: DuckDB reads `5.6` as 6 and `1_000` as 1000, so every text is first
held against a pattern. Conditions never let a cell's content into a message.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from narvaro.engine.duck import identifier, literal
from narvaro.exchange.schema import Column, Kind

FIRST_DAY, FIRST_BIRTH, LAST_DAY = "1990-01-01", "1900-01-01", "2100-12-31"

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?"
_OFFSET = r"(Z|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)"
MOMENT = f"{_DAY}[T ]{_CLOCK}{_OFFSET}"
LOCAL_MOMENT = f"{_DAY}[T ]{_CLOCK}"
_CONTROL = r"[\x00-\x1f\x7f-\x{9f}\x{2028}\x{2029}]"
_UNPRINTABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}]"

# Sources say that an identity is fictitious in these words; the word itself is the leak.
_FICTITIOUS = (
    "fictitious identity",
    "fictitious_identity",
    "fingerad identitet",
    "fingerade personuppgifter",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column is read: `value` is SQL; of the checks at most one holds for a cell."""

    value: str
    checks: tuple[tuple[str, str, str], ...] = ()


def value_name(column: str) -> str:
    """The name of a column's typed value inside the reading query."""
    return identifier(f"v_{column}")


def read_cell(column: Column, raw_type: str, *, zone: str | None = None) -> Reading:
    """Say in SQL how a column given as `raw_type` is read.

    Checks are (condition, problem, remedy), in order of precedence; they may use the raw
    column and its typed value, `value_name(column.name)`.
    """
    if raw_type != "VARCHAR":
        return _typed(column, raw_type, zone)
    return _TEXT_READERS[column.kind](column, zone)


def _typed(column: Column, raw_type: str, zone: str | None) -> Reading:
    raw, value = identifier(column.name), value_name(column.name)
    if column.kind is Kind.TIME:
        given = f"timezone({literal(zone or 'UTC')}, {raw})" if raw_type == "TIMESTAMP" else raw
        return Reading(f"CAST({given} AS TIMESTAMPTZ)", (_outside(value, "TIMESTAMPTZ", column),))
    if column.kind is Kind.DATE:
        return Reading(raw, (_outside(value, "DATE", column),))
    if column.kind is Kind.COUNT:
        return Reading(f"TRY_CAST({raw} AS INTEGER)", _number_limits(column, f"{raw} < 0"))
    if column.kind is Kind.DECIMAL:
        cast = f"TRY_CAST({raw} AS {column.sql_type})"
        return Reading(cast, _number_limits(column, f"{raw} < 0"))
    return Reading(f"CAST({raw} AS {column.sql_type})")


def _key(column: Column, _zone: str | None) -> Reading:
    raw = identifier(column.name)
    return Reading(
        f"nullif({raw}, '')",
        (
            (
                f"length({raw}) > {column.limit}",
                f"longer than {column.limit} characters",
                "A key is an identifier; check that the columns stand under their headings.",
            ),
            (
                f"regexp_matches({raw}, {literal(_CONTROL)})",
                "holds a control character",
                "Remove line breaks, tabs and other invisible characters from the key.",
            ),
            (
                f"regexp_matches({raw}, '^[\\s\\p{{Z}}]+$')",
                "holds only spaces",
                "Give the key, or leave the cell empty where the column may be empty.",
            ),
            (
                f"starts_with({raw}, '=')",
                "holds a spreadsheet formula",
                "Export the values, not the formulas.",
            ),
        ),
    )


def _keys(column: Column, zone: str | None) -> Reading:
    raw, one = identifier(column.name), _key(column, zone)
    too_long = (
        f"regexp_matches({raw}, '[^;]{{201}}')",
        "holds a key longer than 200 characters",
        "Put ; between the keys.",
    )
    return Reading(one.value, (*one.checks, too_long))


def _text(column: Column, _zone: str | None) -> Reading:
    raw = identifier(column.name)
    return Reading(
        f"nullif(trim({raw}), '')",
        (
            (
                f"length({raw}) > {column.limit}",
                f"longer than {column.limit:,} characters",
                "Shorten it, or check that a quotation mark is not missing.",
            ),
            (
                f"regexp_matches({raw}, {literal(_UNPRINTABLE)})",
                "holds a control character",
                "Remove the invisible characters.",
            ),
        ),
    )


def _word(column: Column, _zone: str | None) -> Reading:
    raw, value = identifier(column.name), value_name(column.name)
    pattern = "^(" + "|".join(word.lower() for word in column.words) + ")$"
    known = f"lower(trim({raw}))"
    if "protected_registration" in column.words:
        leaks = ", ".join(literal(word) for word in _FICTITIOUS)
        known = f"CASE WHEN {known} IN ({leaks}) THEN 'protected_registration' ELSE {known} END"
    if column.words == ("yes", "no", "unknown"):
        known = f"CASE {known} WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' ELSE {known} END"
    found = f"nullif(regexp_extract({known}, {literal(pattern)}, 1), '')"
    if "F" in column.words:
        found = f"CASE {found} WHEN 'f' THEN 'F' ELSE {found} END"
    unknown = (
        f"{value} IS NULL AND trim({raw}) <> ''",
        "not one of the words of this column",
        f"Write one of: {', '.join(column.words)}.",
    )
    return Reading(found, (unknown,))


def _open_word(column: Column, zone: str | None) -> Reading:
    return Reading(f"nullif(trim({identifier(column.name)}), '')", _key(column, zone).checks)


def _reason(column: Column, _zone: str | None) -> Reading:
    pattern = "^(" + "|".join(column.words) + ")$"
    raw = identifier(column.name)
    return Reading(f"nullif(regexp_extract(lower(trim({raw})), {literal(pattern)}, 1), '')")


def _boolean(column: Column, _zone: str | None) -> Reading:
    raw, value = identifier(column.name), value_name(column.name)
    found = f"TRY_CAST(regexp_extract(lower(trim({raw})), '^(true|false)$', 1) AS BOOLEAN)"
    unread = (
        f"{value} IS NULL AND trim({raw}) <> ''",
        "neither true nor false",
        "Write true or false.",
    )
    return Reading(found, (unread,))


def _date(column: Column, _zone: str | None) -> Reading:
    raw, value = identifier(column.name), value_name(column.name)
    found = f"TRY_CAST(regexp_extract(trim({raw}), '^{_DAY}$', 0) AS DATE)"
    unread = (
        f"{value} IS NULL AND trim({raw}) <> ''",
        "not a date",
        "Write it as YYYY-MM-DD, a day that exists.",
    )
    return Reading(found, (unread, _outside(value, "DATE", column)))


def _month(column: Column, _zone: str | None) -> Reading:
    raw, value = identifier(column.name), value_name(column.name)
    pattern = "^(199[0-9]|20[0-9]{2}|2100)-(0[1-9]|1[0-2])$"
    found = f"nullif(regexp_extract(trim({raw}), {literal(pattern)}, 0), '')"
    unread = (f"{value} IS NULL AND trim({raw}) <> ''", "not a month", "Write it as YYYY-MM.")
    return Reading(found, (unread,))


def _school_year(column: Column, _zone: str | None) -> Reading:
    raw, value = identifier(column.name), value_name(column.name)
    text = f"regexp_extract(trim({raw}), '^(199[0-9]|20[0-9]{{2}})[/-](199[0-9]|20[0-9]{{2}})$', 0)"
    first, second = f"TRY_CAST({text}[1:4] AS INTEGER)", f"TRY_CAST({text}[6:9] AS INTEGER)"
    found = f"CASE WHEN {second} = {first} + 1 THEN replace({text}, '-', '/') END"
    unread = (
        f"{value} IS NULL AND trim({raw}) <> ''",
        "not a school year",
        "Write it as 2025/2026.",
    )
    return Reading(found, (unread,))


def _time(column: Column, zone: str | None) -> Reading:
    raw, value = identifier(column.name), value_name(column.name)
    text = f"upper(trim({raw}))"
    found = f"TRY_CAST(regexp_extract({text}, '^{MOMENT}$', 0) AS TIMESTAMPTZ)"
    if zone:
        local = f"TRY_CAST(regexp_extract({text}, '^{LOCAL_MOMENT}$', 0) AS TIMESTAMP)"
        found = f"coalesce({found}, timezone({literal(zone)}, {local}))"
    bare = (
        f"{value} IS NULL AND regexp_matches({text}, '^{LOCAL_MOMENT}$')",
        "a time without offset",
        "Write the offset, such as 2026-03-02T08:10:00+01:00, or say which zone the source uses.",
    )
    unread = (
        f"{value} IS NULL AND trim({raw}) <> ''",
        "not a time",
        "Write it as 2026-03-02T08:10:00+01:00 or 2026-03-02T07:10:00Z.",
    )
    return Reading(found, (bare, unread, _outside(value, "TIMESTAMPTZ", column)))


def _count(column: Column, _zone: str | None) -> Reading:
    raw, value = identifier(column.name), value_name(column.name)
    found = f"TRY_CAST(regexp_extract(trim({raw}), '^[0-9]{{1,10}}$', 0) AS INTEGER)"
    unread = (
        f"{value} IS NULL AND trim({raw}) <> ''",
        "not a whole number",
        "Write digits only: no sign, decimals, units or spaces between thousands.",
    )
    negative = f"regexp_matches({raw}, '^\\s*-[0-9]+\\s*$')"
    below, above = _number_limits(column, negative)
    return Reading(found, (below, above, unread))


def _decimal(column: Column, _zone: str | None) -> Reading:
    raw, value = identifier(column.name), value_name(column.name)
    pattern = r"^[0-9]{1,4}(\.[0-9]{1,2})?$"
    found = f"TRY_CAST(regexp_extract(trim({raw}), '{pattern}', 0) AS {column.sql_type})"
    unread = (
        f"{value} IS NULL AND trim({raw}) <> ''",
        "not a decimal number",
        "Write digits with a point and at most two decimals, such as 212.5.",
    )
    below, above = _number_limits(column, f"regexp_matches({raw}, '^\\s*-[0-9.]+\\s*$')")
    return Reading(found, (below, unread, above))


def _number_limits(
    column: Column, negative: str
) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    raw, value = identifier(column.name), value_name(column.name)
    overflown = f"{value} IS NULL AND CAST({raw} AS VARCHAR) ~ '\\s*[0-9]{{10,}}\\s*'"
    return (
        (negative, "negative", "Numbers here are 0 or more; leave the cell empty if unknown."),
        (
            f"{value} > {column.limit} OR ({overflown})",
            f"greater than {column.limit:,}",
            "Check the unit, such as minutes and not seconds, and that the columns are in place.",
        ),
    )


def _outside(value: str, sql_type: str, column: Column) -> tuple[str, str, str]:
    first = FIRST_BIRTH if column.name == "birth_date" else FIRST_DAY
    latest = f"CAST('{LAST_DAY}' AS {sql_type})"
    return (
        f"{value} < CAST('{first}' AS {sql_type}) OR {value} > {latest}",
        f"outside {first[:4]} to {LAST_DAY[:4]}",
        "Check the year.",
    )


_TEXT_READERS: dict[Kind, Callable[[Column, str | None], Reading]] = {
    Kind.KEY: _key,
    Kind.KEYS: _keys,
    Kind.TEXT: _text,
    Kind.WORD: _word,
    Kind.OPEN_WORD: _open_word,
    Kind.REASON: _reason,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _date,
    Kind.MONTH: _month,
    Kind.SCHOOL_YEAR: _school_year,
    Kind.TIME: _time,
    Kind.COUNT: _count,
    Kind.DECIMAL: _decimal,
}
