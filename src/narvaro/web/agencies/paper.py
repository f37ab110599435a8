"""Who answers for what, on paper."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from narvaro.reporting.printing import Block, Paper, as_pdf
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies.matrix import Matrix, Said
from narvaro.web.ui.written import language, moment


def matrix_pdf(matrix: Matrix, viewer: Viewer) -> bytes:
    """The responsibilities as a tagged PDF of A4 pages."""
    who = f"{viewer.account.name}, {viewer.role.label}, {moment(viewer.now)}"
    paper = Paper(
        lang=language(),
        title=_("Vem ansvarar för vad"),
        author=viewer.authority.name,
        head=f"{viewer.authority.name}. {_('Utskrivet av')} {who}",
        page=_("Sida"),
        blocks=list(_blocks(matrix)),
    )
    return as_pdf(paper, at=viewer.now)


def _blocks(matrix: Matrix) -> Iterator[Block]:
    yield {"kind": "heading", "level": 1, "text": _("Vem ansvarar för vad")}
    said = _("%(routine)s, version %(version)s. Stegen i ordning, och vad varje verksamhet gör.")
    told = said % {"routine": matrix.routine, "version": matrix.version}
    yield {"kind": "text", "text": told, "quiet": False}
    headings = [_("Steg"), _("Skolan"), *(one.name for one in matrix.agencies)]
    rows = [
        [row.name, _joined(row.owner, row.deadline), *map(words_of, row.cells)]
        for row in matrix.rows
    ]
    yield {
        "kind": "table",
        "headings": headings,
        "numbers": [False] * len(headings),
        "rows": rows,
    }


def words_of(cell: Said) -> str:
    """A cell in words: its part and how, that it waits to be written, or a dash."""
    if cell.is_missing:
        return _("ska delta, inget skrivet än")
    return _joined(cell.part, cell.words, sign=": ") or "–"


def _joined(*words: str, sign: str = ", ") -> str:
    return sign.join(word for word in words if word)
