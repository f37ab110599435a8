"""The inspector's page of a case as tagged PDF: what the page says, and nothing restricted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from narvaro.reporting.printing import Block, Paper, as_pdf
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.overview.inspector.answering import Span
from narvaro.web.overview.inspector.pages import InspectorPage
from narvaro.web.overview.inspector.timeline import Happening
from narvaro.web.ui.written import language, moment_of_year

DAY_BY_DAY = (10, 12, 32, 27, 19)
"""Widths of the columns of the table of days, as parts of a line."""


def inspector_pdf(page: InspectorPage, viewer: Viewer) -> bytes:
    """The page on paper; the file itself tells nobody's name. Needs `report`."""
    school = page.case.school
    who = f"{viewer.account.name}, {viewer.role.label}, {moment_of_year(viewer.now)}"
    place = f"{school.authority.name}, {school.name}"
    paper = Paper(
        lang=language(),
        title=_("Ärendet för tillsyn"),
        author=school.authority.name,
        head=f"{place}. {_('Utskrivet av')} {who}",
        page=_("Sida"),
        blocks=list(_blocks(page)),
    )
    return as_pdf(paper, at=viewer.now)


def _blocks(page: InspectorPage) -> Iterator[Block]:
    yield _heading(1, f"{_('Ärendet för tillsyn')}: {page.name}")
    said = _(
        "När skolan visste, vad den gjorde, när utredningen började och när huvudmannen fick veta."
    )
    yield _text(f"{said} {page.why}.")
    yield _heading(2, _("De fyra frågorna"))
    first = [_("Fråga"), _("Dag"), _("Skoldagar sedan föregående")]
    yield _table(first, (_answered(one) for one in page.spans), number=2)
    yield _heading(2, _("Dag för dag"))
    first = [
        _("Dag"), _("Skoldagar sedan föregående"), _("Vad som hände"), _("Källa"), _("Lag"),
    ]  # fmt: skip
    rows = (_row(one) for one in page.happenings)
    yield {**_table(first, rows, number=1), "widths": DAY_BY_DAY}
    if page.laws:
        yield _heading(2, _("Lagen"))
        yield {"kind": "list", "items": [f"{one.words}: {one.value}" for one in page.laws]}
    if page.restricted:
        yield _heading(2, _("Skyddade anteckningar"))
        yield _text(_("De finns, men skrivs aldrig ut. Här står bara dag och yrke."))
        yield {"kind": "list", "items": [f"{on}, {role}" for on, role in page.restricted]}
    words = _("Lagtexten är kort och i egna ord; kommunens jurist avgör hur den ska läsas.")
    yield _text(words, quiet=True)


def _answered(one: Span) -> list[str]:
    return [one.question, f"{one.on}" if one.on else _("inte noterat"), _days(one.days)]


def _row(one: Happening) -> list[str]:
    return [f"{one.on}", _days(one.since), one.what, one.source, one.law]


def _days(count: int | None) -> str:
    return "–" if count is None else str(count)


def _table(headings: list[str], rows: Iterable[list[str]], *, number: int) -> Block:
    numbers = [place == number for place in range(len(headings))]
    return {"kind": "table", "headings": headings, "numbers": numbers, "rows": list(rows)}


def _heading(level: int, words: str) -> Block:
    return {"kind": "heading", "level": level, "text": words}


def _text(words: str, *, quiet: bool = False) -> Block:
    return {"kind": "text", "text": words, "quiet": quiet}
