"""Which deviations there are by themselves: who did not answer in time, who did not come, too late.

Source: the agreements on coordinated planning give everybody who is called a duty to come, a
meeting within three weeks, and a group that receives deviations.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from narvaro.timetable import local_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import NOBODY, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.collaboration.models import Call, CrossMeeting, Deviation, Presence, What

DRAFTED = "deviations.draft"


def draft_of_meeting(meeting: CrossMeeting, *, by: Viewer, at: datetime) -> None:
    """Draft what a meeting that was held shows: who stayed away, and that it came too late."""
    away = meeting.present.filter(presence=Presence.NO_SHOW)
    for one in away:
        _draft(meeting.call, one.unit_id, What.NO_SHOW, at=at, by=by, meeting=meeting)
    last = meeting.call.last_day
    if last is not None and meeting.day > last:
        school = meeting.call.case.school_id
        _draft(meeting.call, school, What.LATE, at=at, by=by, meeting=meeting)


def draft_overdue(now: datetime) -> int:
    """Draft what the last day of a call leaves behind. Returns how many are new.

    A unit that has not answered by then; and when no meeting is held, that there was none in time.
    Run by the night and, in the demo, when the day is moved; what is drafted is drafted once.
    """
    today, count = local_day(now), 0
    for call in Call.objects.sent().select_related("pupil", "case"):
        last = call.last_day
        if last is None or last >= today:
            continue
        silent = call.called.filter(answer="", stopped_at=None)
        if not _answered_by_coming(call):
            for one in silent:
                count += _draft(call, one.unit_id, What.NO_ANSWER, at=now)
        if not any(one.day <= last for one in call.meetings.held()):
            count += _draft(call, call.case.school_id, What.LATE, at=now)
    return count


def _answered_by_coming(call: Call) -> bool:
    """A meeting was held: who came is noted there, and an answer is asked of nobody any more."""
    return call.meetings.held().exists()


def _draft(
    call: Call,
    unit: int,
    what: What,
    *,
    at: datetime,
    by: Viewer | None = None,
    meeting: CrossMeeting | None = None,
) -> int:
    day: date = local_day(at)
    with transaction.atomic():
        made, is_new = Deviation.objects.get_or_create(
            call=call,
            unit_id=unit,
            what=what,
            defaults={
                "meeting": meeting,
                "made_at": at,
                "made_on": day,
                "made_by": None if by is None else by.account,
            },
        )
        if is_new:
            subjects = [f"call:{call.public_id}", f"deviation:{made.public_id}"]
            actor = NOBODY if by is None else by.actor
            write_entry(actor, DRAFTED, kind=Kind.WRITE, at=at, subjects=subjects)
    return int(is_new)
