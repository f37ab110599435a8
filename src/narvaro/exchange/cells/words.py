"""Words out of a list."""

from __future__ import annotations

from narvaro.engine.duck import literal
from narvaro.exchange.cells.reading import Given, Reading, lost, names, unread
from narvaro.exchange.schema import Column

# In these words sources say that an identity is fictitious; the word itself is the leak.
_FICTITIOUS = (
    "fictitious identity",
    "fictitious_identity",
    "fingerad identitet",
    "fingerade personuppgifter",
)


def read_word(column: Column, _given: Given) -> Reading:
    """One of the column's words, whatever its case; true and false where yes and no are meant."""
    unknown = (
        unread(column),
        "not one of the words of this column",
        f"Write one of: {', '.join(column.words)}.",
    )
    return Reading(_found(column), (unknown,), lost(column))


def read_reason(column: Column, _given: Given) -> Reading:
    """One of the five words, or nothing: any other text is dropped and is no fault."""
    return Reading(_match(f"lower(trim({names(column)[0]}))", column))


def read_boolean(column: Column, _given: Given) -> Reading:
    """The words true and false."""
    word = f"regexp_extract(lower(trim({names(column)[0]})), '^(true|false)$', 1)"
    unknown = (unread(column), "neither true nor false", "Write true or false.")
    return Reading(f"TRY_CAST({word} AS BOOLEAN)", (unknown,), lost(column))


def _found(column: Column) -> str:
    word = f"lower(trim({names(column)[0]}))"
    if "protected_registration" in column.words:
        leaks = ", ".join(literal(leak) for leak in _FICTITIOUS)
        word = f"CASE WHEN {word} IN ({leaks}) THEN 'protected_registration' ELSE {word} END"
    if column.words == ("yes", "no", "unknown"):
        word = f"CASE {word} WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' ELSE {word} END"
    found = _match(word, column)
    return f"CASE {found} WHEN 'f' THEN 'F' ELSE {found} END" if "F" in column.words else found


def _match(word: str, column: Column) -> str:
    pattern = "^(" + "|".join(known.lower() for known in column.words) + ")$"
    return f"nullif(regexp_extract({word}, {literal(pattern)}, 1), '')"
