"""When a guest is expected, and who can be one: the mentors of the pupil's class."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Account, Assignment, on_day
from narvaro.web.accounts.roles import Role
from narvaro.web.meetings.models import AgendaItem, Guest
from narvaro.web.messages.calendars import Event
from narvaro.web.pupils.models import Pupil


def mentors_of(pupil: Pupil, day: date) -> QuerySet[Account]:
    """Who mentors the pupil's class on a day; of a protected pupil those on its list alone."""
    here = pupil.enrolments.filter(on_day(day)).values("class_key")
    posts = Assignment.objects.in_force(day).filter(
        role=Role.MENTOR, unit__key__in=here, unit__authority=pupil.authority
    )
    found = Account.objects.filter(is_active=True, pk__in=posts.values("account"))
    if pupil.is_protected:
        found = found.filter(pk__in=pupil.access_list.filter(on_day(day)).values("account"))
    return found.order_by("name")


def starts_at(item: AgendaItem) -> datetime:
    """When the item's turn is: the meeting's start and the minutes of what stands before it."""
    before = item.meeting.items.on_the_agenda().filter(number__lt=item.number)
    minutes = sum(before.values_list("minutes", flat=True))
    return item.meeting.starts_at + timedelta(minutes=minutes)


def event_for(guest: Guest) -> Event:
    """The guest's part of the meeting, as a calendar shows it."""
    item = guest.item
    return Event(
        key=f"guest-{guest.public_id}",
        title=str(_("Elevhälsomöte, en punkt")),
        path=reverse("meeting_guest", args=[guest.public_id]),
        starts_at=starts_at(item),
        minutes=item.minutes,
        place=item.meeting.place,
        sequence=item.meeting.sequence,
        is_cancelled=item.meeting.cancelled_at is not None or item.struck_at is not None,
    )
