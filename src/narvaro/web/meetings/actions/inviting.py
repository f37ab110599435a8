"""Writes about guests: a mentor asked to come for one item."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.actions.telling import tell_of_item
from narvaro.web.meetings.guests import event_for, mentors_of, starts_at
from narvaro.web.meetings.models import AgendaItem, Guest, Meeting
from narvaro.web.messages.letters import Link, Place, queue_letter


def invite_guest(
    *, item: AgendaItem, account: Account, prepare: str, by: Viewer, at: datetime
) -> Guest:
    """Ask a mentor of the pupil's class to come for the item; asked again, it says what is new.

    Raises Refused when the meeting is over, the item struck, or the person no such mentor.
    """
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update(no_key=True).get(pk=item.meeting_id)
        if not meeting.is_open or item.struck_at is not None:
            raise Refused(_("Mötet är redan avslutat eller inställt."))
        if item.pupil is None or not mentors_of(item.pupil, by.today).contains(account):
            raise Refused(_("Den personen är inte mentor för eleven."))
        guest, _made = Guest.objects.update_or_create(
            item=item,
            account=account,
            defaults={"prepare": prepare, "invited_at": at, "invited_by": by.account},
        )
        tell_of_item(by, "meetings.invite_guest", item, at)
        tell_guest(guest, by=by, at=at)
    return guest


def tell_guests(meeting: Meeting, *, by: Viewer, at: datetime) -> None:
    """Tell everybody asked for one item that the meeting was moved or called off."""
    for one in Guest.objects.filter(item__meeting=meeting).select_related("item", "account"):
        one.item.meeting = meeting
        tell_guest(one, by=by, at=at)


def tell_guest(guest: Guest, *, by: Viewer, at: datetime) -> None:
    """Mail a guest the time and a link; who the pupil is stands behind the link."""
    meeting = guest.item.meeting
    gone = meeting.cancelled_at is not None
    queue_letter(
        "meetings/mail/guest_cancelled.txt" if gone else "meetings/mail/guest.txt",
        {
            "starts_at": starts_at(guest.item),
            "place": Place(meeting.place),
            "link": Link(reverse("meeting_guest", args=[guest.public_id])),
        },
        key=f"guest:{guest.public_id}:{meeting.sequence}:{guest.invited_at.isoformat()}",
        to=guest.account,
        authority=meeting.series.school.authority,
        by=by,
        at=at,
        action="meetings.mail",
        event=event_for(guest),
    )
