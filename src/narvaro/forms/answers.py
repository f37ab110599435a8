"""Answers to a form: tidied, checked with all faults at once, and their fingerprint."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from narvaro.forms.model import Field, Form, Kind, Text

Answers = Mapping[str, Any]
"""Field id -> answer. A text, a day (`2026-12-02`) and a number (`12.5`) are strings; `one_of` an
option's id, `many_of` a list of them, `scale` an integer, `person_list` a list of strings, `table` a
list of rows (column id -> text; `row` names the row where the form has them)."""

MOST_PEOPLE, MOST_ROWS = 20, 50
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
NUMBER = re.compile(r"[-\u2212]?\d{1,12}([.,]\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """One answer that cannot stand, in words for whoever fills the form in."""

    field: str
    text: Text


MISSING = Text("Det här behöver fyllas i", "This has to be filled in")


def tidied(form: Form, answers: Answers) -> dict[str, Any]:
    """The answers as they are kept: one way to write each, nothing empty, nothing unknown."""
    found = {
        one.id: _tidy(one, answers[one.id])
        for one in form.fields
        if one.kind != Kind.FACT and one.id in answers
    }
    return {name: answer for name, answer in found.items() if answer not in ("", [], None)}


def check(form: Form, answers: Answers, *, is_whole: bool = True) -> tuple[AnswerFault, ...]:
    """Every fault of the answers, in the form's order; of a draft (not `is_whole`) no gaps."""
    return tuple(
        AnswerFault(one.id, text)
        for one in form.fields
        for text in _faults(one, answers, is_whole=is_whole)
    ) + tuple(
        AnswerFault(name, Text("Formuläret har inget sådant fält", "The form has no such field"))
        for name in sorted(set(answers) - {one.id for one in form.fields})
    )


def canonical(form_id: str, version: int, answers: Answers) -> bytes:
    """A filled form as bytes: the same answers always give the same."""
    whole = {"answers": answers, "form": form_id, "version": version}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode("utf-8")


def fingerprint(form_id: str, version: int, answers: Answers) -> str:
    """SHA-256 of `canonical`, in hex."""
    return sha256(canonical(form_id, version, answers)).hexdigest()


def is_demanded(field: Field, answers: Answers) -> bool:
    """The field has to be answered, given the other answers."""
    if field.needed_when is None:
        return field.required
    given = answers.get(field.needed_when.field)
    return field.needed_when.option in (given if isinstance(given, list) else [given])


def _tidy(field: Field, answer: Any) -> Any:
    if isinstance(answer, str):
        return _number(_clean(answer)) if field.kind == Kind.NUMBER else _clean(answer)
    if field.kind == Kind.MANY_OF and isinstance(answer, list):
        return [one.id for one in field.options if one.id in answer] + sorted(
            {str(one) for one in answer} - {one.id for one in field.options}
        )
    if field.kind == Kind.PERSON_LIST and isinstance(answer, list):
        return [one for one in (_clean(str(one)) for one in answer) if one]
    if field.kind == Kind.TABLE and _is_rows(answer):
        return [row for row in map(_tidy_row, answer) if set(row) - {"row"}]
    return answer


def _is_rows(answer: Any) -> bool:
    return isinstance(answer, list) and all(isinstance(one, dict) for one in answer)


def _tidy_row(row: Mapping[str, Any]) -> dict[str, str]:
    cells = {str(name): _clean(str(cell)) for name, cell in row.items()}
    return {name: cell for name, cell in cells.items() if cell}


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", CONTROL.sub("", lines)).strip()


def _number(text: str) -> str:
    return text.replace("\u2212", "-").replace(",", ".") if NUMBER.fullmatch(text) else text


def _faults(field: Field, answers: Answers, *, is_whole: bool) -> Iterator[Text]:
    answer = answers.get(field.id)
    if answer in (None, "", []):
        if is_whole and is_demanded(field, answers):
            yield MISSING
        return
    found = list(_CHECKS[field.kind](field, answer))
    yield from found
    if is_whole and not found and field.kind == Kind.TABLE:
        yield from _gaps(field, answer)


def _fact(_field: Field, _answer: Any) -> Iterator[Text]:
    yield Text("Uppgiften kan inte ändras här", "This is not changed here")


def _text(field: Field, answer: Any) -> Iterator[Text]:
    if not isinstance(answer, str) or CONTROL.search(answer):
        yield Text("Skriv en text", "Write a text")
    elif len(answer) > field.max_length:
        yield Text(
            f"Texten är {len(answer)} tecken lång, högst {field.max_length} får plats",
            f"The text has {len(answer)} characters, at most {field.max_length} fit",
        )
    elif field.kind == Kind.TEXT and "\n" in answer:
        yield Text("Skriv på en rad", "Write on one line")


def _one_of(field: Field, answer: Any) -> Iterator[Text]:
    if not isinstance(answer, str) or answer not in {one.id for one in field.options}:
        yield Text("Välj ett av alternativen", "Choose one of the options")


def _many_of(field: Field, answer: Any) -> Iterator[Text]:
    known = {one.id for one in field.options}
    is_list = isinstance(answer, list) and all(isinstance(one, str) for one in answer)
    if not is_list or len(set(answer)) < len(answer) or not set(answer) <= known:
        yield Text("Välj bland alternativen", "Choose among the options")


def _date(_field: Field, answer: Any) -> Iterator[Text]:
    try:
        fits = isinstance(answer, str) and len(answer) == 10
        day = date.fromisoformat(answer) if fits else None
    except ValueError:
        day = None
    if day is None or not 1990 <= day.year <= 2100:
        yield Text("Skriv ett datum, som 2026-12-15", "Write a date, as 2026-12-15")


def _a_number(_field: Field, answer: Any) -> Iterator[Text]:
    try:
        fits = isinstance(answer, str) and len(answer) <= 20 and NUMBER.fullmatch(answer)
        value = Decimal(answer) if fits else None
    except InvalidOperation:
        value = None
    if value is None:
        yield Text("Skriv ett tal, som 12,5", "Write a number, as 12.5")


def _scale(field: Field, answer: Any) -> Iterator[Text]:
    is_whole = isinstance(answer, int) and not isinstance(answer, bool)
    if not is_whole or not field.lowest <= answer <= field.highest:
        yield Text(
            f"Välj ett steg mellan {field.lowest} och {field.highest}",
            f"Choose a step between {field.lowest} and {field.highest}",
        )


def _people(field: Field, answer: Any) -> Iterator[Text]:
    if not isinstance(answer, list) or not all(isinstance(one, str) for one in answer):
        yield Text("Skriv en person på varje rad", "Write one person on each line")
    elif len(answer) > MOST_PEOPLE or any(len(one) > field.max_length for one in answer):
        yield Text(
            f"Högst {MOST_PEOPLE} personer, och {field.max_length} tecken på raden",
            f"At most {MOST_PEOPLE} people, and {field.max_length} characters a line",
        )


def _table(field: Field, answer: Any) -> Iterator[Text]:
    known = {one.id for one in field.columns} | ({"row"} if field.rows else set())
    if not _is_rows(answer) or not all(set(one) <= known for one in answer):
        yield Text("Fyll i tabellens rutor", "Fill in the table's cells")
        return
    cells = [cell for row in answer for cell in row.values()]
    if len(answer) > MOST_ROWS or not all(
        isinstance(one, str) and len(one) <= field.max_length and not CONTROL.search(one)
        for one in cells
    ):
        yield Text(
            f"Högst {MOST_ROWS} rader, och {field.max_length} tecken i en ruta",
            f"At most {MOST_ROWS} rows, and {field.max_length} characters in a cell",
        )
        return
    rows = [one.get("row") for one in answer]
    if field.rows and (
        not set(rows) <= {one.id for one in field.rows} or len(set(rows)) < len(rows)
    ):
        yield Text("Varje rad hör till en av tabellens", "Each row is one of the table's")


def _gaps(field: Field, answer: list[Any]) -> Iterator[Text]:
    """Every row that has to be there, with every cell that has to be filled."""
    given = {one.get("row"): one for one in answer}
    needed = [one for one in field.columns if one.required]
    for row in field.rows:
        for column in needed:
            if not given.get(row.id, {}).get(column.id):
                yield Text(
                    f"Fyll i ”{column.label.sv}” för ”{row.label.sv}”",
                    f"Fill in “{column.label.en}” for “{row.label.en}”",
                )
    for number, one in enumerate(answer if not field.rows else (), start=1):
        for column in needed:
            if not one.get(column.id):
                yield Text(
                    f"Fyll i ”{column.label.sv}” på rad {number}",
                    f"Fill in “{column.label.en}” on row {number}",
                )


_CHECKS = {
    Kind.FACT: _fact,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.ONE_OF: _one_of,
    Kind.MANY_OF: _many_of,
    Kind.DATE: _date,
    Kind.NUMBER: _a_number,
    Kind.SCALE: _scale,
    Kind.PERSON_LIST: _people,
    Kind.TABLE: _table,
}
