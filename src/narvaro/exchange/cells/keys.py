"""Keys, free texts and words that a programme may choose."""

from __future__ import annotations

from narvaro.engine.duck import literal
from narvaro.exchange.cells.reading import Check, Given, Reading, names
from narvaro.exchange.schema import Column

_CONTROL = r"[\x00-\x1f\x7f-\x{9f}\x{2028}\x{2029}]"
_UNPRINTABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}]"


def read_key(column: Column, given: Given) -> Reading:
    """Any text of 1 to 200 characters on one line; kept as it is, spaces and all."""
    raw, _ = names(column)
    return Reading(f"nullif({raw}, '')", _key_checks(column), _suspect_key(column, given))


def read_open_word(column: Column, given: Given) -> Reading:
    """As a key, without the spaces around it."""
    key = read_key(column, given)
    return Reading(f"nullif(trim({names(column)[0]}), '')", key.checks, key.suspect)


def read_keys(column: Column, given: Given) -> Reading:
    """Several keys with `;` between them, kept as they are."""
    raw, _ = names(column)
    too_long = (
        f"regexp_matches({raw}, '[^;]{{201}}')",
        "holds a key longer than 200 characters",
        "Put ; between the keys.",
    )
    key = read_key(column, given)
    suspect = f"strlen({raw}) > 200 OR {key.suspect}"
    return Reading(key.value, (*key.checks, too_long), suspect)


def read_text(column: Column, given: Given) -> Reading:
    """Free text; line breaks and tabs may be in it."""
    raw, _ = names(column)
    unprintable = f"regexp_matches({raw}, {literal(_UNPRINTABLE)})"
    checks = (
        (
            f"length({raw}) > {column.limit}",
            f"longer than {column.limit:,} characters",
            "Shorten it, or check that a quotation mark is not missing.",
        ),
        (unprintable, "holds a control character", "Remove the invisible characters."),
    )
    suspect = f"strlen({raw}) > {column.limit}"
    if not given.is_printable:
        suspect = f"{suspect} OR {unprintable}"
    return Reading(f"nullif(trim({raw}), '')", checks, suspect)


def _key_checks(column: Column) -> tuple[Check, ...]:
    raw, _ = names(column)
    return (
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
    )


def _suspect_key(column: Column, given: Given) -> str:
    raw, _ = names(column)
    cheap = f"strlen({raw}) > {column.limit} OR {raw} < '!' OR ({raw} >= '=' AND {raw} < '>')"
    if given.is_printable:
        return cheap
    anywhere = f"regexp_matches({raw}, {literal(_CONTROL + '|^[' + _SPACE + ']')})"
    return f"{cheap} OR {anywhere}"


_SPACE = r"\s\p{Z}"
