"""A filled form as it is read: from its own labels, whether its version is still there or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from narvaro.forms.answers import Answers
from narvaro.forms.links import BLANK
from narvaro.forms.model import Field, Form, Kind, Restriction, Text, Voice
from narvaro.timetable import Language, day_in_words

EMPTY_LINES = re.compile(r"\n{3,}")
Labels = Mapping[str, Any]
"""What `labels_of` gives; kept with every filled form."""


@dataclass(frozen=True)
class Shown:
    """One answer as it is read: `lines`, or `headings` and `rows` of a table."""

    id: str
    label: str
    kind: Kind
    restriction: Restriction
    words_of: Voice
    lines: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing was answered."""
        return not (self.lines or self.rows)


@dataclass(frozen=True)
class ShownSection:
    """A heading and what was answered under it."""

    name: str
    answers: tuple[Shown, ...]


def labels_of(form: Form) -> dict[str, Any]:
    """All that is needed to read the answers later, as JSON."""
    return {
        "name": _both(form.name),
        "sections": [{"id": one.id, "name": _both(one.name)} for one in form.sections],
        "fields": [_labels(one) for one in form.fields],
        "letters": {
            one.language: {"name": one.name, "subject": one.subject, "body": one.body}
            for one in form.letters.values()
        },
    }


def _labels(field: Field) -> dict[str, Any]:
    return {
        "id": field.id,
        "section": field.section,
        "kind": str(field.kind),
        "label": _both(field.label),
        "restriction": str(field.restriction),
        "words_of": str(field.words_of),
        "prefilled_from": field.prefilled_from,
        "options": {one.id: _both(one.label) for one in field.options},
        "columns": {one.id: _both(one.label) for one in field.columns},
        "rows": {one.id: _both(one.label) for one in field.rows},
    }


def _both(text: Text) -> dict[str, str]:
    return {"sv": text.sv, "en": text.en}


def shown(labels: Labels, answers: Answers, lang: Language = "sv") -> tuple[ShownSection, ...]:
    """The sections with their answers, in the form's order; facts are not among them."""
    return tuple(
        ShownSection(
            section["name"][lang],
            tuple(
                _shown(one, answers.get(one["id"]), lang)
                for one in labels["fields"]
                if one["section"] == section["id"] and one["kind"] != Kind.FACT
            ),
        )
        for section in labels["sections"]
    )


def letter_of(
    labels: Labels, answers: Answers, given: Mapping[str, str], *, language: str
) -> tuple[str, str]:
    """Subject and body of the form's letter in a language. Raises KeyError when there is none.

    `given`: what the form does not ask (`links.GIVEN`). An answer that is missing is left blank.
    """
    letter = labels["letters"][language]
    lang: Language = "sv" if language == "sv" else "en"
    words = {
        one["id"]: " ".join(_shown(one, answers.get(one["id"]), lang).lines)
        for one in labels["fields"]
    }

    def filled(text: str) -> str:
        put_in = BLANK.sub(lambda blank: given.get(blank[1], words.get(blank[1], "")), text)
        return EMPTY_LINES.sub("\n\n", put_in)

    return filled(letter["subject"]), filled(letter["body"])


def _shown(field: Mapping[str, Any], answer: Any, lang: Language) -> Shown:
    more: dict[str, Any] = {}
    if field["kind"] == Kind.TABLE:
        first = ("",) if field["rows"] else ()
        headings = first + tuple(text[lang] for text in field["columns"].values())
        more = {"headings": headings, "rows": tuple(_rows(field, answer or [], lang))}
    elif answer not in (None, "", []):
        more = {"lines": tuple(_lines(field, answer, lang))}
    return Shown(
        field["id"],
        field["label"][lang],
        Kind(field["kind"]),
        Restriction(field["restriction"]),
        Voice(field["words_of"]),
        **more,
    )


def _rows(field: Mapping[str, Any], rows: Any, lang: Language) -> Iterator[tuple[str, ...]]:
    if not field["rows"]:
        for row in rows:
            yield tuple(str(row.get(name, "")) for name in field["columns"])
        return
    given = {row.get("row"): row for row in rows}
    for row_id, label in field["rows"].items() if given else ():
        row = given.get(row_id, {})
        yield (label[lang], *(str(row.get(name, "")) for name in field["columns"]))


def _lines(field: Mapping[str, Any], answer: Any, lang: Language) -> Iterator[str]:
    if field["kind"] in (Kind.ONE_OF, Kind.MANY_OF):
        for one in answer if isinstance(answer, list) else [answer]:
            yield field["options"].get(one, {}).get(lang, str(one))
    elif field["kind"] == Kind.DATE:
        yield _day(str(answer), lang)
    elif field["kind"] == Kind.NUMBER:
        written = str(answer).replace("-", "\u2212")
        yield written.replace(".", ",") if lang == "sv" else written
    elif isinstance(answer, list):
        yield from (str(one) for one in answer)
    else:
        yield from str(answer).split("\n")


def _day(text: str, lang: Language) -> str:
    try:
        return day_in_words(date.fromisoformat(text), lang)
    except ValueError:
        return text
