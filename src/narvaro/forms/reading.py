"""From the text of a form's file to a form, with every fault of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from hashlib import sha256
from typing import Any

from narvaro.errors import Fault, InputRefused
from narvaro.forms.links import check_links
from narvaro.forms.model import Field, Form, Kind, Letter, Restriction, Section
from narvaro.forms.rows import Reading, Row
from narvaro.forms.values import FIELD, FORM, LETTER, SECTION, Key, Wrong
from narvaro.toml_lines import Path, key_lines

LARGEST_FILE = 1_000_000
"""Characters; the longest shipped form has under 20 thousand."""

TABLES: Mapping[str, Mapping[str, Key]] = {"sections": SECTION, "fields": FIELD, "letters": LETTER}
SHORT, LONG = 200, 4_000
"""Letters that a line and a longer text hold, unless the form says otherwise."""


def read_form(text: str) -> Form:
    """The form of a file's text. Raises InputRefused with all its faults."""
    reading = _read(text)
    if reading.faults:
        raise InputRefused("The form", reading.faults)
    return _built(reading, sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def form_faults(text: str) -> tuple[Fault, ...]:
    """Every fault of a form's text, in the order of its lines; none when it can be used."""
    return tuple(_read(text).faults)


def _read(text: str) -> Reading:
    reading = Reading()
    raw = _parsed(text, reading)
    if raw is None:
        return reading
    reading.lines = key_lines(text)
    tables = {name: raw.pop(name, []) for name in TABLES}
    reading.rows[""] = [_row((), raw, FORM, reading)]
    for name, given in tables.items():
        reading.rows[name] = list(_rows(name, given, reading))
    check_links(reading)
    reading.faults.sort(key=lambda one: (one.line, one))
    return reading


def _parsed(text: str, reading: Reading) -> dict[str, Any] | None:
    if len(text) > LARGEST_FILE:
        problem = f"the file is longer than {LARGEST_FILE} characters"
        reading.faults.append(Fault("form", 0, "", problem, "Is it the right file?"))
        return None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as wrong:
        place = re.search(r"\(at line (\d+), column \d+\)", str(wrong))
    remedy = "Texts stand in quotation marks, tables as [[fields]]"
    line = int(place[1]) if place else 0
    reading.faults.append(Fault("form", line, "", "this is not TOML", remedy))
    return None


def _rows(name: str, given: object, reading: Reading) -> Iterator[Row]:
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        reading.fault(Row(()), name, "this has to be a list of tables", f"Write [[{name}]]")
        return
    for number, one in enumerate(given):
        yield _row((name, number), one, TABLES[name], reading)


def _row(path: Path, given: Mapping[str, Any], keys: Mapping[str, Key], reading: Reading) -> Row:
    row = Row(path)
    for name in given:
        if name not in keys:
            known = [*keys, *(() if path else TABLES)]
            near = get_close_matches(name, known, 1)
            remedy = f"Did you mean {near[0]}?" if near else f"Keys: {', '.join(known)}"
            reading.fault(row, name[:60], "there is no such key here", remedy)
    for name, key in keys.items():
        _value(name, key, given, row, reading)
    return row


def _value(name: str, key: Key, given: Mapping[str, Any], row: Row, reading: Reading) -> None:
    if name not in given:
        if key.required:
            reading.fault(row, name, "this key is missing", "Add it")
        else:
            row.values[name] = key.default
        return
    try:
        row.values[name] = key.reads(given[name])
    except Wrong as wrong:
        reading.fault(row, name, wrong.problem, wrong.remedy)


def _built(reading: Reading, fingerprint: str) -> Form:
    top = {key: value for key, value in reading.rows[""][0].values.items() if key != "schema"}
    letters = [Letter(**row.values) for row in reading.rows["letters"]]
    return Form(
        **top,
        sections=tuple(Section(**row.values) for row in reading.rows["sections"]),
        fields=tuple(_field(row.values, top["restriction"]) for row in reading.rows["fields"]),
        letters={one.language: one for one in letters},
        fingerprint=fingerprint,
    )


def _field(values: Mapping[str, Any], restriction: Restriction) -> Field:
    given = {key: value for key, value in values.items() if value is not None}
    longest = LONG if values["kind"] in (Kind.LONG_TEXT, Kind.TABLE) else SHORT
    whole: dict[str, Any] = {"restriction": restriction, "max_length": longest} | given
    return Field(**whole)
