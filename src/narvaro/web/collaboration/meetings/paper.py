"""The minutes of a meeting of authorities on paper: tagged PDF, without where a protected pupil is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from narvaro.reporting.printing import Block, Paper, as_pdf
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.blocks import heading, text
from narvaro.web.collaboration.meetings.pages import MeetingPage, UnitRow
from narvaro.web.collaboration.models import Decision
from narvaro.web.ui.written import day_of_year, language, moment_of_year


def minutes_pdf(page: MeetingPage, viewer: Viewer) -> bytes:
    """The minutes as they stand: locked, or a draft that says so."""
    call = page.meeting.call
    sender = call.case.authority.name
    place = sender if call.pupil.is_protected else f"{sender}, {call.case.school.name}"
    who = f"{viewer.account.name}, {viewer.role.label}, {moment_of_year(viewer.now)}"
    paper = Paper(
        lang=language(),
        title=_("Anteckningar från ett gemensamt möte"),
        author=sender,
        head=f"{place}. {_('Utskrivet av')} {who}",
        page=_("Sida"),
        blocks=list(_blocks(page)),
    )
    return as_pdf(paper, at=_at(page))


def _at(page: MeetingPage) -> datetime:
    locked = page.minutes.locked_at if page.minutes is not None else None
    return locked or page.meeting.starts_at


def _blocks(page: MeetingPage) -> Iterator[Block]:
    yield heading(1, page.title)
    yield text(f"{page.name}. {page.when}. {_state(page)}")
    led = _("%(unit)s ledde mötet.") % {"unit": page.meeting.chair_unit.name}
    yield text(led)
    yield heading(2, _("Vilka som var kallade"))
    yield {"kind": "list", "items": [_said(one) for one in page.units]}
    yield heading(2, _("Frågan"))
    yield text(page.meeting.call.question)
    if page.minutes is not None:
        yield from _own(_("Elevens egna ord"), page.minutes.pupil_words, _("Eleven"))
        yield from _own(
            _("Vårdnadshavarnas egna ord"), page.minutes.home_words, _("Vårdnadshavare")
        )
        yield heading(2, _("Vad mötet kom fram till"))
        yield text(page.minutes.talked_of)
    yield heading(2, _("Beslut"))
    if page.decisions:
        yield {
            "kind": "table",
            "headings": [_("Vad som ska göras"), _("Vem"), _("Senast")],
            "numbers": [False, False, False],
            "widths": [3, 2, 1],
            "rows": [_row(one) for one in page.decisions],
        }
    else:
        yield text(_("Inget beslut är antecknat."))
    if page.meeting.follow_up_on is not None:
        yield heading(2, _("Uppföljning"))
        yield text(_("Vi ses igen %(day)s.") % {"day": day_of_year(page.meeting.follow_up_on)})


def _state(page: MeetingPage) -> str:
    if page.minutes is None or page.minutes.locked_at is None or page.minutes.locked_by is None:
        return _("Inte låst än.")
    who = {"name": page.minutes.locked_by.name, "when": moment_of_year(page.minutes.locked_at)}
    return _("Låst av %(name)s %(when)s.") % who


def _said(one: UnitRow) -> str:
    who = f"{one.name}, {one.person}" if one.person else one.name
    return f"{who}: {one.said}"


def _row(one: Decision) -> list[str]:
    return [one.words, one.owner_unit.name, day_of_year(one.due_on)]


def _own(title: str, words: str, by: str) -> Iterator[Block]:
    if words:
        yield heading(2, title)
        yield {"kind": "quote", "text": words, "by": by}
