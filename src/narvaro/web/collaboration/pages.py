"""Frozen values for the page of who calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration import mailing, rules
from narvaro.web.collaboration.actions import may_undo, silent_of
from narvaro.web.collaboration.agreed import Agreed, agreed_of
from narvaro.web.collaboration.models import (
    Answer,
    Call,
    Called,
    CrossMeeting,
    PlaceKind,
    Proposed,
)
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.written import day as written_day
from narvaro.web.ui.written import moment


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A proposed time: whether it is within the days, and how many it suits."""

    proposed: Proposed
    words: str
    holds: bool
    is_last_that_holds: bool
    suits: Sequence[str]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit that is called: who its contact is, and what it has said."""

    called: Called
    name: str
    contact: str
    answer: str
    kind: str
    person: str
    how: str
    is_silent: bool


@dataclass(frozen=True, slots=True)
class CallPage:
    """A call as its maker and those who reach the case see it."""

    call: Call
    name: str
    lead: str
    last_day: date
    days_left: int
    times: Sequence[TimeRow]
    units: Sequence[UnitRow]
    silent: int
    meeting: CrossMeeting | None
    none_holds: bool
    may_undo: bool
    agreed: Sequence[Agreed]
    mail: tuple[str, str] | None

    @property
    def is_late(self) -> bool:
        """The days have passed, and there is no meeting within them."""
        return self.days_left < 0 and self.meeting is None


def call_page(call: Call, viewer: Viewer) -> CallPage:
    """The page; a draft counts as if it was sent today."""
    last = call.last_day or call.last_day_from(viewer.today)
    rows = time_rows(call, last)
    units = [_unit(one) for one in call.called.select_related("unit", "contact")]
    return CallPage(
        call,
        name_of(call.pupil),
        _lead(call, last),
        last,
        (last - viewer.today).days,
        rows,
        units,
        len(silent_of(call)) if call.is_sent else 0,
        call.meetings.filter(cancelled_at=None).select_related("chair_unit").first(),
        not any(one.holds for one in rows),
        may_undo(call, viewer.now),
        agreed_of(call, viewer.now),
        None if call.is_sent or not call.is_open else mailing.shown(call, viewer.today),
    )


def time_rows(call: Call, last: date) -> list[TimeRow]:
    """The proposed times in order; which is the last that holds, and whom each suits."""
    proposed = list(call.proposed.prefetch_related("suits__unit"))
    best = rules.last_that_holds((one.starts_at for one in proposed), last)
    return [
        TimeRow(
            one,
            in_words(one),
            rules.holds(one.starts_at, last),
            one.starts_at == best,
            [each.unit.name for each in one.suits.all() if each.stopped_at is None],
        )
        for one in proposed
    ]


def in_words(one: Proposed) -> str:
    """`tis 15 dec kl. 9.00, 60 minuter, i skolan, rum 118`."""
    place = str(PlaceKind(one.place_kind).label)
    said = [moment(one.starts_at), _("%(n)d minuter") % {"n": one.minutes}, place, one.place]
    return ", ".join(each for each in said if each)


def choices_of(rows: Sequence[TimeRow], now: datetime) -> list[tuple[Proposed, str]]:
    """The times to come that can be chosen, with whom they suit and whether they hold."""
    found = []
    for row in rows:
        if row.proposed.starts_at > now:
            held = _("inom tiden") if row.holds else _("efter sista dagen")
            suits = _("passar %(n)d") % {"n": len(row.suits)}
            found.append((row.proposed, f"{row.words} ({held}, {suits})"))
    return found


def _lead(call: Call, last: date) -> str:
    name, end = call.local_name, written_day(last)
    if not call.is_open:
        return _("%(name)s. Kallelsen är tillbakatagen.") % {"name": name}
    if call.called_on is None:
        return _("%(name)s. Utkast. Skickas den i dag är sista dagen för mötet %(end)s.") % {
            "name": name,
            "end": end,
        }
    return _("%(name)s. Kallat %(day)s. Mötet ska hållas senast %(end)s.") % {
        "name": name,
        "day": written_day(call.called_on),
        "end": end,
    }


_KINDS = {Answer.YES: "done", Answer.SUBSTITUTE: "done", Answer.NO: "", Answer.NONE: "wait"}


def _unit(one: Called) -> UnitRow:
    answer = Answer(one.answer)
    stopped = one.stopped_at is not None
    return UnitRow(
        one,
        one.unit.name,
        one.contact.name if one.contact else one.mail,
        _("deltar inte längre") if stopped else str(answer.label),
        "" if stopped else _KINDS[answer],
        one.person,
        one.get_how_display() if one.how else "",
        one.is_silent,
    )
