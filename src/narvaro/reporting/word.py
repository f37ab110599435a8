"""The same blocks as a document that can be edited: DOCX with real headings, lists and tables."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from narvaro.reporting.markup import clean
from narvaro.reporting.printing import Block, Paper

LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}


def as_docx(paper: Paper, *, at: datetime) -> bytes:
    """The paper as DOCX; charts are left out. Needs the `report` extra."""
    from docx import Document

    made = Document()
    told = made.core_properties
    told.title, told.author, told.last_modified_by = paper.title, paper.author, paper.author
    told.language = LANGUAGES.get(paper.lang, paper.lang)
    told.created = told.modified = at.astimezone(UTC).replace(tzinfo=None)
    told.comments = ""
    _pages(made, paper)
    for block in paper.blocks:
        _BLOCKS.get(block["kind"], _nothing)(made, block)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _pages(made: Any, paper: Paper) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    part = made.sections[0]
    part.page_width, part.page_height = Mm(210), Mm(297)
    part.left_margin = part.right_margin = Mm(20)
    part.header.paragraphs[0].text = clean(paper.head)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = normal.element.get_or_add_rPr().makeelement(
        qn("w:lang"), {qn("w:val"): LANGUAGES.get(paper.lang, paper.lang)}
    )
    normal.element.get_or_add_rPr().append(language)


def _styled(made: Any, words: str, style: str) -> None:
    """A paragraph in a style of the template by its id: by its name, all are searched each time."""
    made.add_paragraph(clean(words))._p.style = style


def _heading(made: Any, block: Block) -> None:
    _styled(made, block["text"], f"Heading{block['level']}")


def _text(made: Any, block: Block) -> None:
    made.add_paragraph(clean(block["text"]))


def _list(made: Any, block: Block) -> None:
    for item in block["items"]:
        _styled(made, item, "ListBullet")


def _quote(made: Any, block: Block) -> None:
    _styled(made, block["text"], "Quote")
    if block["by"]:
        made.add_paragraph(clean(block["by"]))


def _table(made: Any, block: Block) -> None:
    from docx.oxml.ns import qn

    table = made.add_table(rows=1, cols=len(block["headings"]), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, block["headings"], strict=True):
        cell.paragraphs[0].add_run(clean(words)).bold = True
    properties = table.rows[0]._tr.get_or_add_trPr()  # a screen reader reads it with each cell
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    for row in block["rows"]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = clean(words)
    made.add_paragraph()


def _break(made: Any, _block: Block) -> None:
    made.add_page_break()


def _nothing(_made: Any, _block: Block) -> None:
    """A chart has its table beside it."""


_BLOCKS = {
    "heading": _heading,
    "text": _text,
    "list": _list,
    "quote": _quote,
    "table": _table,
    "break": _break,
}
