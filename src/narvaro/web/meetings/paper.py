"""The two parts of the minutes on paper: tagged PDF, and never what is protected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from narvaro.reporting.printing import Block, Paper, as_pdf
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.minutes_pages import GeneralPage, MinutesPage, MinutesRow
from narvaro.web.meetings.models import Addendum, Decision
from narvaro.web.ui.written import day, day_of_year, language, moment_of_year

Part = MinutesPage | GeneralPage


def minutes_pdf(page: MinutesPage, viewer: Viewer) -> bytes:
    """The part with pupils, as the viewer may read it."""
    return _drawn(page, viewer, _("Protokoll, delen med elever"), _of_pupils(page))


def general_pdf(page: GeneralPage, viewer: Viewer) -> bytes:
    """The general part."""
    return _drawn(page, viewer, _("Protokoll, den allmänna delen"), _of_all(page))


def _drawn(page: Part, viewer: Viewer, title: str, blocks: Iterable[Block]) -> bytes:
    school = page.meeting.series.school
    who = f"{viewer.account.name}, {viewer.role.label}, {moment_of_year(viewer.now)}"
    head = f"{school.authority.name}, {school.name}. {_('Utskrivet av')} {who}"
    paper = Paper(
        lang=language(),
        title=title,
        author=school.authority.name,
        head=head,
        page=_("Sida"),
        blocks=[
            _heading(1, page.title),
            _text(f"{title}. {day_of_year(page.meeting.day)}, {page.time}. {_state(page)}"),
            *blocks,
        ],
    )
    return as_pdf(paper, at=_at(page))


def _at(page: Part) -> datetime:
    approved = page.written.approved_at if page.written is not None else None
    return approved or page.meeting.starts_at


def _state(page: Part) -> str:
    written = page.written
    if written is None or written.approved_at is None or written.approved_by is None:
        return _("Inte justerat än.")
    said = {"name": written.approved_by.name, "when": moment_of_year(written.approved_at)}
    return _("Justerat av %(name)s %(when)s. Låst.") % said


def _of_pupils(page: MinutesPage) -> Iterator[Block]:
    yield _heading(2, _("Med på mötet"))
    words = {True: _("Med"), False: _("Inte med"), None: _("Inte antecknat")}
    there = [f"{one.profession} {one.name}".strip() for one in page.coming]
    said = [words[one.was_present] for one in page.coming]
    yield {
        "kind": "list",
        "items": [f"{who}: {what}" for who, what in zip(there, said, strict=True)],
    }
    for row in page.rows:
        yield from _of_row(row, is_over=page.meeting.held_at is not None)
    if page.struck:
        yield _heading(2, _("Strukna punkter"))
        yield {
            "kind": "list",
            "items": [f"{one.name}: {one.item.struck_reason}" for one in page.struck],
        }


def _of_row(one: MinutesRow, *, is_over: bool) -> Iterator[Block]:
    item = one.row.item
    yield _heading(2, f"{one.row.number}. {one.row.name}")
    if one.row.is_closed:
        yield _text(_("Eleven har skyddade uppgifter."))
        return
    counted = f" ({day(item.figure_on)})" if item.figure and item.figure_on else ""
    yield _text(f"{item.why} {item.figure}{counted}".strip())
    yield from _told(_("Provat"), item.tried)
    yield from _told(_("Det läraren lärt"), item.learnt)
    if one.analysis is not None:
        yield from _told(_("I skolan"), one.analysis.in_school)
        yield from _told(_("Hemma och på fritiden"), one.analysis.at_home)
        yield from _told(_("Det som fungerar"), one.analysis.works)
    yield from _told(_("Att besluta"), item.to_decide)
    if one.row.decision is not None:
        yield from _decided(one.row.decision)
    elif is_over:
        yield _text(_("Hanns inte. Punkten står på nästa möte."))
    if one.protected is not None:
        yield _text(_("Skyddad anteckning finns."))
    yield from _added(one.addenda)


def _of_all(page: GeneralPage) -> Iterator[Block]:
    yield _heading(2, _("Med på mötet"))
    yield _text(f"{_('Med')}: {', '.join(page.present) or '–'}")
    yield _text(f"{_('Inte med')}: {', '.join(page.absent) or '–'}")
    yield _heading(2, _("Allmänna punkter"))
    for row in page.rows:
        yield _heading(3, row.name)
        if row.decision is not None:
            yield from _decided(row.decision)
    yield _heading(2, _("Anteckningar"))
    yield _text((page.written.general if page.written else "") or _("Inget är skrivet."))
    yield from _added(page.addenda)


def _decided(made: Decision) -> Iterator[Block]:
    yield _heading(3, f"{_('Beslut:')} {made.label}")
    yield _text(made.reason)
    yield _text(_("%(name)s gör nästa sak.") % {"name": made.next_owner.name})


def _added(addenda: Iterable[Addendum]) -> Iterator[Block]:
    for one in addenda:
        said = {"when": moment_of_year(one.at), "name": one.by.name}
        yield _heading(3, _("Tillägg %(when)s, %(name)s") % said)
        yield _text(one.text)


def _told(words: str, text: str) -> Iterator[Block]:
    if text:
        yield _heading(3, words)
        yield _text(text)


def _heading(level: int, words: str) -> Block:
    return {"kind": "heading", "level": level, "text": words}


def _text(words: str) -> Block:
    return {"kind": "text", "text": words, "quiet": False}
