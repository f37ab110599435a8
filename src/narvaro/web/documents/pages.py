"""Frozen values for the pages of filled forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from narvaro.forms import AnswerFault, Form, Kind, Restriction, is_demanded
from narvaro.forms import Field as FormField
from narvaro.timetable import Language
from narvaro.web.accounts.restriction import may_read, readers_of
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.facts import FactBox, fact_boxes, language
from narvaro.web.documents.filled import SPARE_ROWS, cell_name, name_of
from narvaro.web.documents.models import Document


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a field, chosen or not."""

    value: str
    label: str
    help: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table to fill in; `label` says row and column."""

    name: str
    label: str
    heading: str
    value: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table to fill in, with its label where the form has one."""

    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class ToFill:
    """A field of the page. `is_closed`: the role does not read it; `readers` do."""

    name: str
    kind: str
    label: str
    help: str
    value: str = ""
    is_required: bool = False
    is_conditional: bool = False
    is_closed: bool = False
    readers: str = ""
    max_length: int = 0
    choices: Sequence[Choice] = ()
    headings: Sequence[str] = ()
    rows: Sequence[TableRow] = ()
    low: str = ""
    high: str = ""
    faults: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SectionToFill:
    """A heading with its facts and fields."""

    name: str
    help: str
    facts: Sequence[FactBox]
    fields: Sequence[ToFill]


def sections_to_fill(
    document: Document,
    form: Form,
    *,
    answers: Mapping[str, Any],
    faults: Sequence[AnswerFault],
    viewer: Viewer,
) -> list[SectionToFill]:
    """The form as the viewer fills it in."""
    lang, known = language(), document.prefilled
    wrong = [(one.field, one.text.to(lang)) for one in faults]
    return [
        SectionToFill(
            section.name.to(lang),
            section.help.to(lang),
            [box for one in form.of(section) for box in fact_boxes(one, known, lang)],
            [
                _to_fill(one, answers, wrong, viewer=viewer, lang=lang, whole=form.restriction)
                for one in form.of(section)
                if one.kind != Kind.FACT
            ],
        )
        for section in form.sections
    ]


def _to_fill(
    one: FormField,
    answers: Mapping[str, Any],
    wrong: Sequence[tuple[str, str]],
    *,
    viewer: Viewer,
    lang: Language,
    whole: Restriction,
) -> ToFill:
    readers = readers_in_words(one.restriction.value)
    shared: dict[str, Any] = {
        "name": name_of(one),
        "kind": str(one.kind),
        "label": one.label.to(lang),
        "readers": readers if one.restriction != whole else "",
    }
    if not may_read(viewer.role, one.restriction.value):
        return ToFill(**shared, help="", is_closed=True)
    answer = answers.get(one.id)
    return ToFill(
        **shared,
        help=one.help.to(lang),
        value=_written(answer),
        is_required=is_demanded(one, answers),
        is_conditional=one.needed_when is not None,
        max_length=one.max_length,
        choices=_choices(one, answer, lang),
        headings=[column.label.to(lang) for column in one.columns],
        rows=_rows(one, answer, lang),
        low=one.low.to(lang),
        high=one.high.to(lang),
        faults=[text for name, text in wrong if name == one.id],
    )


def _written(answer: Any) -> str:
    if isinstance(answer, list):
        return "\n".join(str(one) for one in answer if not isinstance(one, dict))
    return "" if answer is None else str(answer)


def _choices(one: FormField, answer: Any, lang: Language) -> list[Choice]:
    chosen = answer if isinstance(answer, list) else [answer]
    if one.kind == Kind.SCALE:
        steps = range(one.lowest, one.highest + 1)
        return [Choice(str(step), str(step), "", step in chosen) for step in steps]
    return [
        Choice(option.id, option.label.to(lang), option.help.to(lang), option.id in chosen)
        for option in one.options
    ]


def _rows(one: FormField, answer: Any, lang: Language) -> list[TableRow]:
    given = [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
    if one.rows:
        by_row = {row.get("row"): row for row in given}
        return [
            TableRow(row.label.to(lang), _cells(one, row.id, by_row.get(row.id, {}), lang))
            for row in one.rows
        ]
    whole = [*given, *({} for _spare in range(SPARE_ROWS))] if one.columns else []
    return [TableRow("", _cells(one, number, row, lang)) for number, row in enumerate(whole)]


def _cells(one: FormField, row: str | int, values: Mapping[str, Any], lang: Language) -> list[Cell]:
    said = {option.id: option.label.to(lang) for option in one.rows}
    label = said.get(str(row)) or _("rad %(number)s") % {"number": int(row) + 1}
    return [
        Cell(
            cell_name(one, row, column.id),
            f"{column.label.to(lang)}, {label}",
            column.label.to(lang),
            str(values.get(column.id, "")),
        )
        for column in one.columns
    ]


def readers_in_words(restriction: str) -> str:
    """The professions that read a kind of text: "skolkurator, skolsköterska och skolläkare"."""
    readers = readers_of(restriction)
    if len(readers) < 2:
        return "".join(readers)
    return _("%(first)s och %(last)s") % {"first": ", ".join(readers[:-1]), "last": readers[-1]}


def name_of_form(document: Document) -> str:
    """The form's name, as the document itself remembers it."""
    return str(document.labels["name"][language()])
