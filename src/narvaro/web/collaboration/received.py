"""What a unit that is called sees: when, where, who calls; of the pupil what it was given, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from narvaro.timetable import local_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration import rules
from narvaro.web.collaboration.actions.making import UNDO
from narvaro.web.collaboration.contacts import units_of
from narvaro.web.collaboration.models import Answer, Call, Called, CallKind, CrossMeeting, Proposed
from narvaro.web.collaboration.words import place_said
from narvaro.web.ui.written import moment

READ = "collaboration.called"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A call as others may know it: nothing of the pupil, nor where, when that is protected."""

    called: Called
    kind: str
    authority: str
    unit: str
    answer: str
    has_answered: bool
    times: Sequence[tuple[Proposed, str]]
    last_day: date
    meeting: CrossMeeting | None
    meeting_words: str


def called_of(viewer: Viewer, action: str, at: datetime) -> QuerySet[Called]:
    """The calls to the very units the viewer serves at today, once they have left and while they stand."""
    mine = units_of(viewer, action, at)
    told = Call.objects.sent().filter(sent_at__lte=at - UNDO)
    found = Called.objects.filter(unit__in=mine, call__in=told, stopped_at=None)
    return found.select_related("unit", "call__pupil", "call__case__authority", "contact")


def invitation_of(called: Called, at: datetime) -> Invitation:
    """The invitation, for the page of the link and the page of who is signed in."""
    call = called.call
    last = call.last_day or call.last_day_from(local_day(at))
    meeting = call.meetings.filter(cancelled_at=None).first()
    return Invitation(
        called,
        str(CallKind(call.kind).label),
        call.case.authority.name,
        called.unit.name,
        str(Answer(called.answer).label),
        called.answer != Answer.NONE,
        [(one, _time(one, last)) for one in call.proposed.all() if one.starts_at > at],
        last,
        meeting,
        "" if meeting is None else _meeting(meeting),
    )


def _time(one: Proposed, last: date) -> str:
    said = [moment(one.starts_at), _("%(n)d minuter") % {"n": one.minutes}]
    said.append(place_said(one.call, one.place_kind, one.place))
    words = ", ".join(each for each in said if each)
    return (
        words
        if rules.holds(one.starts_at, last)
        else _("%(time)s (efter sista dagen)") % {"time": words}
    )


def _meeting(one: CrossMeeting) -> str:
    said = [moment(one.starts_at), _("%(n)d minuter") % {"n": one.minutes}]
    said.append(place_said(one.call, one.place_kind, one.place))
    return ", ".join(each for each in said if each)
