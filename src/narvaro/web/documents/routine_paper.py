"""The whole routine as one file that can be edited: its documents, then its forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from narvaro.forms import Field, Form, Kind, forms_in_force
from narvaro.timetable import Language
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.facts import language
from narvaro.web.documents.pages import readers_in_words
from narvaro.web.documents.paper import Block, Paper, as_docx, heading, table, text
from narvaro.web.documents.routine_pages import RoutineRow, parts_of
from narvaro.web.ui.written import moment_of_year


def whole_routine(viewer: Viewer, rows: Iterable[RoutineRow]) -> bytes:
    """Every published document, then every form with its questions, as one DOCX."""
    name = _("Den gemensamma rutinen")
    paper = Paper(
        lang=language(),
        title=name,
        author=viewer.authority.name,
        head=f"{viewer.authority.name}. {name}, {moment_of_year(viewer.now)}",
        page=_("Sida"),
        blocks=list(_routine(name, viewer, rows)),
    )
    return as_docx(paper, at=viewer.now)


def _routine(name: str, viewer: Viewer, rows: Iterable[RoutineRow]) -> Iterator[Block]:
    yield heading(1, name)
    for row in rows:
        if row.published is not None:
            yield heading(1, row.document.name)
            said = _("Version %(number)s, publicerad %(at)s")
            at = moment_of_year(row.published.published_at) if row.published.published_at else ""
            yield text(said % {"number": row.published.number, "at": at}, quiet=True)
            yield from _parts(row.published.text)
    for form in forms_in_force(viewer.today):
        yield {"kind": "break"}
        yield from _empty_form(form)


def _parts(words: str) -> Iterator[Block]:
    for part in parts_of(words):
        if part.kind == "list":
            yield {"kind": "list", "items": list(part.items)}
        else:
            yield heading(2, part.text) if part.kind == "heading" else text(part.text)


def _empty_form(form: Form) -> Iterator[Block]:
    lang = language()
    yield heading(1, form.name.to(lang))
    yield text(form.about.to(lang))
    for section in form.sections:
        yield heading(2, section.name.to(lang))
        if section.help.to(lang):
            yield text(section.help.to(lang))
        for one in form.of(section):
            yield heading(3, one.label.to(lang))
            yield from _empty_field(one, lang)


def _empty_field(one: Field, lang: Language) -> Iterator[Block]:
    if one.help.to(lang):
        yield text(one.help.to(lang))
    if one.restriction.level > 1:
        readers = readers_in_words(one.restriction.value)
        yield text(_("Kan läsas av %(readers)s.") % {"readers": readers})
    if one.kind == Kind.FACT:
        yield text(_("Fylls i av systemet."), quiet=True)
    elif one.options:
        yield {"kind": "list", "items": [f"☐ {option.label.to(lang)}" for option in one.options]}
    elif one.columns:
        first = [""] if one.rows else []
        empty = [""] * len(one.columns)
        rows = [[row.label.to(lang), *empty] for row in one.rows] or [empty] * 3
        yield table([*first, *(column.label.to(lang) for column in one.columns)], rows)
    else:
        yield text("")
