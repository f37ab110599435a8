"""Mail about meetings: asked, moved, called off, reminded. A time, a room and a link; no pupil."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.models import Invited, Kind, Meeting
from narvaro.web.messages.calendars import Event
from narvaro.web.messages.letters import Link, Place, queue_letter
from narvaro.web.messages.models import Mail

TITLES = {Kind.STUDENT_HEALTH: _("Elevhälsomöte"), Kind.OTHER: _("Möte")}


def event_of(meeting: Meeting) -> Event:
    """The meeting as a calendar shows it."""
    return Event(
        key=f"meeting-{meeting.public_id}",
        title=str(TITLES[Kind(meeting.series.kind)]),
        path=reverse("meeting", args=[meeting.public_id]),
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        place=meeting.place,
        sequence=meeting.sequence,
        is_cancelled=meeting.cancelled_at is not None,
    )


def send_invitation(one: Invited, *, by: Viewer, at: datetime) -> Mail | None:
    """Ask somebody to come, or tell the new time."""
    moved = one.meeting.sequence > 0
    template = "meetings/mail/moved.txt" if moved else "meetings/mail/invitation.txt"
    return _send(one, template, f"{one.meeting.sequence}", by=by, at=at)


def send_cancellation(one: Invited, *, by: Viewer, at: datetime) -> Mail | None:
    """Tell that a meeting is called off."""
    return _send(one, "meetings/mail/cancelled.txt", f"{one.meeting.sequence}", by=by, at=at)


def send_reminder(one: Invited, *, by: Viewer, at: datetime) -> Mail | None:
    """Ask once more for an answer; the calendar has the meeting already."""
    day = at.date().isoformat()
    return _send(one, "meetings/mail/reminder.txt", f"reminder {day}", by=by, at=at, calendar=False)


def _send(
    one: Invited, template: str, which: str, *, by: Viewer, at: datetime, calendar: bool = True
) -> Mail | None:
    meeting = one.meeting
    if one.account is None:
        return None
    return queue_letter(
        template,
        {
            "title": TITLES[Kind(meeting.series.kind)],
            "starts_at": meeting.starts_at,
            "place": Place(meeting.place),
            "link": Link(reverse("meeting", args=[meeting.public_id])),
        },
        key=f"meeting:{meeting.public_id}:{which}:{one.account.public_id}",
        to=one.account,
        authority=meeting.series.school.authority,
        by=by,
        at=at,
        action="meetings.mail",
        event=event_of(meeting) if calendar else None,
    )
