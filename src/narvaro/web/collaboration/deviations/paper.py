"""The deviation report on paper: what was agreed, what happened; no pupil, no class, no place."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from narvaro.reporting.printing import Block, Paper, as_pdf
from narvaro.web.collaboration.blocks import heading, text
from narvaro.web.collaboration.models import Deviation, What
from narvaro.web.ui.written import day_of_year, language, moment_of_year


def sentence_of(one: Deviation) -> str:
    """What happened, in a sentence."""
    unit = {"unit": one.unit.name}
    if one.what == What.NO_ANSWER:
        return _("%(unit)s hade inte svarat på kallelsen när tiden gick ut.") % unit
    if one.what == What.NO_SHOW:
        return _("%(unit)s kom inte till mötet, utan att ha sagt det.") % unit
    days = {"n": one.call.days}
    return _("Inget möte hölls inom %(n)d dagar från kallelsen.") % days


def deviation_pdf(one: Deviation) -> bytes:
    """The report, signed or a draft that says so. It names no pupil: it goes to other authorities."""
    sender = one.call.case.authority.name
    paper = Paper(
        lang=language(),
        title=_("Avvikelse i samverkan"),
        author=sender,
        head=sender,
        page=_("Sida"),
        blocks=list(_blocks(one)),
    )
    return as_pdf(paper, at=one.signed_at or one.made_at)


def _blocks(one: Deviation) -> Iterator[Block]:
    call = one.call
    yield heading(1, _("Avvikelse i samverkan"))
    yield text(sentence_of(one))
    yield heading(2, _("Det som var överenskommet"))
    rows = [[_("Möte"), call.local_name], [_("Den som kallade"), call.case.authority.name]]
    if call.called_on is not None and call.last_day is not None:
        rows.append([_("Kallelsen skickades"), day_of_year(call.called_on)])
        rows.append([_("Sista dagen för mötet"), day_of_year(call.last_day)])
    rows.append([_("Kallades"), ", ".join(_units(one))])
    if one.meeting is not None:
        rows.append([_("Mötet hölls"), day_of_year(one.meeting.day)])
    yield {
        "kind": "table", "headings": [_("Uppgift"), _("Innehåll")], "numbers": [False, False], "widths": [1, 2],
        "rows": rows,
    }  # fmt: skip
    yield heading(2, _("Vad det ledde till"))
    yield text(one.words or _("Inte skrivet än."))
    yield text(_signed(one))


def _units(one: Deviation) -> list[str]:
    return [each.unit.name for each in one.call.called.select_related("unit")]


def _signed(one: Deviation) -> str:
    if one.signed_at is None or one.signed_by is None:
        return _("Utkast. Inte undertecknat.")
    who = {"name": one.signed_by.name, "when": moment_of_year(one.signed_at)}
    return _("Undertecknat av %(name)s %(when)s.") % who
