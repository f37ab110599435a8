"""What the parts of a form say of each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from narvaro.forms.model import Kind, Restriction
from narvaro.forms.rows import Reading, Row

CHOICES = (Kind.ONE_OF, Kind.MANY_OF)
BLANK = re.compile(r"\{([^{}]*)\}")
GIVEN = frozenset({"school", "sender", "day"})
"""What a letter may name besides the form's fields; whoever prints it gives them."""


def check_links(reading: Reading) -> None:
    """Add every fault that only shows when the parts are held against each other."""
    for name in ("sections", "fields"):
        _once(reading, name, "id")
    _once(reading, "letters", "language")
    if not reading.rows["fields"]:
        reading.fault(reading.rows[""][0], "fields", "the form asks nothing", "Add [[fields]]")
    for row in reading.rows["fields"]:
        _of_field(reading, row)
    _most_to_fill(reading)
    _letters(reading)


def _once(reading: Reading, table: str, key: str) -> None:
    seen: set[str] = set()
    for row in reading.rows[table]:
        value = str(row.values.get(key, ""))
        if value and value in seen:
            reading.fault(row, key, "this stands twice", "Give each its own")
        seen.add(value)


def _of_field(reading: Reading, row: Row) -> None:
    kind = row.values.get("kind")
    sections = {one.values.get("id") for one in reading.rows["sections"]}
    if row.values.get("section", None) not in {*sections, None}:
        reading.fault(row, "section", "there is no such section", "Name one of [[sections]]")
    _parts(reading, row, kind)
    _restriction(reading, row)
    if kind == Kind.FACT and not row.values.get("prefilled_from"):
        reading.fault(row, "prefilled_from", "a fact comes from somewhere", "Say where from")
    if kind == Kind.FACT and row.values.get("required"):
        reading.fault(row, "required", "a fact takes no answer", "Leave it out")
    _condition(reading, row)


def _parts(reading: Reading, row: Row, kind: Kind | None) -> None:
    given: Mapping[str, Any] = row.values
    if (kind in CHOICES) != (len(given.get("options") or ()) > 1) and kind is not None:
        reading.fault(row, "options", "a choice has at least two options, nothing else has any", "")
    if (kind == Kind.TABLE) != bool(given.get("columns")) and kind is not None:
        reading.fault(row, "columns", "a table has columns, and nothing else has", "")
    if given.get("rows") and kind != Kind.TABLE:
        reading.fault(row, "rows", "only a table has rows", "Take them away")
    if kind == Kind.SCALE and given.get("lowest", 1) >= given.get("highest", 5):
        reading.fault(row, "highest", "the scale ends before it begins", "Make it higher")
    for key in ("options", "columns", "rows"):
        ids = [one.id for one in given.get(key) or ()]
        if len(set(ids)) < len(ids):
            reading.fault(row, key, "an id stands twice", "Give each its own")


def _restriction(reading: Reading, row: Row) -> None:
    own, whole = row.values.get("restriction"), reading.rows[""][0].values.get("restriction")
    if isinstance(own, Restriction) and isinstance(whole, Restriction) and own.level < whole.level:
        reading.fault(row, "restriction", "more would read it than the form", "Leave it out")


def _condition(reading: Reading, row: Row) -> None:
    asked = row.values.get("needed_when")
    if asked is None:
        return
    before = reading.rows["fields"][: int(row.path[1])]
    choices = {
        one.values.get("id"): {option.id for option in one.values.get("options") or ()}
        for one in before
    }
    if asked.option not in choices.get(asked.field, set()):
        problem = "no field before this one has that option"
        reading.fault(row, "needed_when", problem, "Name a choice that stands earlier")


def _most_to_fill(reading: Reading) -> None:
    top = reading.rows[""][0]
    most = top.values.get("most_to_fill")
    left = [
        row
        for row in reading.rows["fields"]
        if row.values.get("kind") != Kind.FACT and not row.values.get("prefilled_from")
    ]
    if most is not None and len(left) > most:
        problem = f"{len(left)} fields are left to fill, more than the form promises"
        reading.fault(top, "most_to_fill", problem, "Fill some beforehand, or take some away")


def _letters(reading: Reading) -> None:
    letters = reading.rows["letters"]
    fields = {str(row.values.get("id")) for row in reading.rows["fields"]}
    for row in letters:
        blanks = blanks_of(row.values)
        if unknown := blanks - fields - GIVEN:
            remedy = f"Fields, or {', '.join(sorted(GIVEN))}"
            reading.fault(row, "body", f"nothing is called {min(unknown)[:40]!r}", remedy)
        if blanks != blanks_of(letters[0].values):
            reading.fault(row, "body", "it does not say what the first letter says", "Name all")
    if letters and letters[0].values.get("language") != "sv":
        reading.fault(letters[0], "language", "the first letter is in Swedish", "Put sv first")


def blanks_of(letter: Mapping[str, Any]) -> set[str]:
    """What a letter names in braces."""
    return set(BLANK.findall(f"{letter.get('subject', '')}\n{letter.get('body', '')}"))
