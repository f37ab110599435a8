"""From what a browser sends to answers."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from narvaro.forms import Field, Form, Kind

MOST_ROWS = 50
SPARE_ROWS = 3


def answers_sent(form: Form, data: QueryDict) -> dict[str, Any]:
    """The answers of a sent form, by field; not tidied, not checked."""
    return {
        one.id: _READS.get(one.kind, _text)(one, data)
        for one in form.fields
        if one.kind != Kind.FACT
    }


def name_of(field: Field) -> str:
    """What the field is called in the page's form."""
    return f"f_{field.id}"


def cell_name(field: Field, row: str | int, column: str) -> str:
    """What a cell of a table is called."""
    return f"{name_of(field)}.{row}.{column}"


def _text(field: Field, data: QueryDict) -> str:
    return data.get(name_of(field), "")


def _many(field: Field, data: QueryDict) -> list[str]:
    return list(data.getlist(name_of(field)))


def _scale(field: Field, data: QueryDict) -> int | str:
    sent = data.get(name_of(field), "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else sent


def _people(field: Field, data: QueryDict) -> list[str]:
    return data.get(name_of(field), "").splitlines()


def _table(field: Field, data: QueryDict) -> list[dict[str, str]]:
    columns = [one.id for one in field.columns]
    if field.rows:
        keys = [one.id for one in field.rows]
        return [{"row": key} | _cells(field, key, columns, data) for key in keys]
    return [_cells(field, number, columns, data) for number in range(MOST_ROWS)]


def _cells(field: Field, row: str | int, columns: list[str], data: QueryDict) -> dict[str, str]:
    return {column: data.get(cell_name(field, row, column), "") for column in columns}


_READS = {
    Kind.MANY_OF: _many,
    Kind.SCALE: _scale,
    Kind.PERSON_LIST: _people,
    Kind.TABLE: _table,
}
