"""A document on paper and as a file that can be edited. What is restricted is never in either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from narvaro.forms import Restriction, Shown
from narvaro.reporting.printing import Block, Paper, as_pdf
from narvaro.reporting.word import as_docx
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.facts import FactBox, facts_of, language
from narvaro.web.documents.home_letters import KIND
from narvaro.web.documents.letters import LetterShown, is_about_protected, letter_shown
from narvaro.web.documents.models import Document
from narvaro.web.documents.pages import name_of_form, readers_in_words
from narvaro.web.documents.read_pages import Read, sections_to_read
from narvaro.web.messages.registry import OnPaper
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.written import moment_of_year

__all__ = [
    "TYPES",
    "Block",
    "Paper",
    "as_docx",
    "drawn",
    "file_name",
    "heading",
    "letters_on_paper",
    "table",
    "text",
]
DRAWS = {"pdf": as_pdf, "docx": as_docx}
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def drawn(document: Document, viewer: Viewer, *, kind: str) -> bytes:
    """The document as `pdf` or `docx`: a letter as the letter alone, everything else whole."""
    letter = letter_shown(document)
    lang = letter.language if letter else language()
    paper = Paper(
        lang=lang,
        title=name_of_form(document),
        author=document.unit.authority.name,
        head="" if letter else _head(document, viewer),
        page=_("Sida"),
        blocks=list(_of_letter(letter, document) if letter else _whole(document, viewer)),
        is_letter=letter is not None,
    )
    return DRAWS[kind](paper, at=document.signed_at or document.saved_at)


def letters_on_paper(papers: Sequence[OnPaper], at: datetime) -> bytes:
    """Letters to guardians in one file, each on its own page, for envelopes with a window.

    The file itself tells no name, and of a protected pupil neither school nor authority.
    """
    is_protected = any(one.is_protected for one in papers)
    senders = {one.kind: _sender(one.kind) for one in papers}
    authority = "" if is_protected else senders[papers[0].kind].rpartition(", ")[2]
    paper = Paper(
        lang=papers[0].language,
        title=papers[0].subject,
        author=authority,
        head="",
        page=_("Sida"),
        blocks=[block for n, one in enumerate(papers) for block in _page(one, senders, n)],
        is_letter=True,
        is_numbered=False,
    )
    return as_pdf(paper, at=at)


def _page(one: OnPaper, senders: Mapping[str, str], number: int) -> Iterator[Block]:
    if number:
        yield {"kind": "break"}
    lines = [one.name, *one.postal.splitlines()]
    sender = "" if one.is_protected else senders[one.kind]
    yield {"kind": "window", "sender": sender, "lines": [line.strip() for line in lines if line]}
    yield heading(1, one.subject)
    for paragraph in one.body.split("\n\n"):
        yield text(paragraph)


def _sender(kind: str) -> str:
    """The school and the authority of the document that a letter was made of."""
    public_id = kind.removeprefix(KIND)
    found = Document.objects.select_related("unit__authority").filter(public_id=public_id).first()
    return "" if found is None else f"{found.unit.name}, {found.unit.authority.name}"


def file_name(document: Document, kind: str) -> str:
    """What the file is called: the form and the day, nobody's name."""
    day: datetime = document.signed_at or document.saved_at
    return f"{document.form_id}-{day:%Y-%m-%d}.{kind}"


def _head(document: Document, viewer: Viewer) -> str:
    place = f"{document.unit.authority.name}, {document.unit.name}"
    who = f"{viewer.account.name}, {viewer.role.label}, {moment_of_year(viewer.now)}"
    return f"{place}. {_('Utskrivet av')} {who}"


def _of_letter(letter: LetterShown, document: Document) -> Iterator[Block]:
    if not is_about_protected(document):
        yield text(f"{document.unit.name}, {document.unit.authority.name}", quiet=True)
    yield heading(1, letter.subject)
    for paragraph in letter.paragraphs:
        yield text(paragraph)


def _whole(document: Document, viewer: Viewer) -> Iterator[Block]:
    yield heading(1, name_of_form(document))
    yield text(". ".join(_told(document)), quiet=True)
    for number, box in enumerate(facts_of(document)):
        if not number:
            yield heading(2, _("Det som var känt"))
        yield from _fact(box)
    if document.data_at:
        said = _("Siffror till %(at)s, frysta när dokumentet påbörjades.")
        yield text(said % {"at": moment_of_year(document.data_at)}, quiet=True)
    for section in sections_to_read(document, viewer):
        yield heading(2, section.name)
        for one in section.answers:
            yield heading(3, one.answer.label)
            yield from _answer(one)
    yield from _addenda(document)


def _told(document: Document) -> Iterator[str]:
    if document.pupil is not None:
        yield name_of(document.pupil)
    if document.signed_by is None or document.signed_at is None:
        yield _("Utkast, inte signerat")
        return
    who, at = document.signed_by.name, moment_of_year(document.signed_at)
    yield _("Signerat av %(who)s %(at)s") % {"who": who, "at": at}
    yield _("Blankettens version %(version)s") % {"version": document.form_version}


def _fact(box: FactBox) -> Iterator[Block]:
    yield heading(3, box.label)
    if box.lines:
        yield text("\n".join(box.lines))
    if box.bars:
        headings, row = [one.label for one in box.bars], [one.number for one in box.bars]
        yield table(headings, [row])


def _answer(one: Read) -> Iterable[Block]:
    if one.is_closed or one.answer.restriction.level > 1:
        return [text(_closed(one.readers))]
    return shown_blocks(one.answer)


def _closed(readers: str) -> str:
    return _("Skyddad anteckning. Kan läsas av %(readers)s.") % {"readers": readers}


def shown_blocks(answer: Shown) -> Iterator[Block]:
    """An answer as blocks; the pupil's and the home's words as theirs."""
    if answer.is_empty:
        yield text(_("Inget är skrivet."), quiet=True)
    elif answer.rows:
        yield table(answer.headings, answer.rows)
    elif answer.words_of != "staff":
        by = _("Elevens ord") if answer.words_of == "pupil" else _("Hemmets ord")
        yield {"kind": "quote", "text": "”" + "\n".join(answer.lines) + "”", "by": by}
    elif answer.kind in ("many_of", "person_list"):
        yield {"kind": "list", "items": list(answer.lines)}
    else:
        yield text("\n".join(answer.lines))


def _addenda(document: Document) -> Iterator[Block]:
    kind = Restriction(document.restriction)
    for number, one in enumerate(document.addenda.select_related("by")):
        if not number:
            yield heading(2, _("Tillägg"))
        yield heading(3, f"{one.by.name}, {moment_of_year(one.at)}")
        yield text(_closed(readers_in_words(kind)) if kind.level > 1 else one.text)


def heading(level: int, words: str) -> Block:
    """A heading, 1 to 3."""
    return {"kind": "heading", "level": level, "text": words}


def text(words: str, *, quiet: bool = False) -> Block:
    """A paragraph."""
    return {"kind": "text", "text": words, "quiet": quiet}


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Block:
    """A table of words."""
    first = list(headings)
    whole = [list(row) for row in rows]
    return {"kind": "table", "headings": first, "numbers": [False] * len(first), "rows": whole}
