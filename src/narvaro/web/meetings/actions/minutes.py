"""Writes that end a meeting: it was held, its minutes are written, approved, added to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.timetable import local_day
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.actions.agenda import carry
from narvaro.web.meetings.actions.telling import tell
from narvaro.web.meetings.models import Addendum, AgendaItem, Meeting, Minutes


def hold(*, meeting: Meeting, version: int, by: Viewer, at: datetime) -> int:
    """Note that the meeting was held; what was not reached goes on. Returns how many items did.

    Raises Refused before its day, or while who was there is not noted. Raises ChangedMeanwhile.
    """
    with transaction.atomic():
        kept = locked(Meeting.objects.all(), meeting.pk, version=version)
        _may_be_held(kept, at)
        kept.held_at, kept.held_by = at, by.account
        kept.save()
        Minutes.objects.get_or_create(
            meeting=kept, defaults={"changed_by": by.account, "changed_at": at}
        )
        carried = carry(kept.series_id, by=by, at=at)
        tell(by, "meetings.hold", kept, at)
    return carried


def write_minutes(
    *, meeting: Meeting, general: str, version: int, by: Viewer, at: datetime
) -> None:
    """Keep the text of the general part; `version` 0 is the first. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        kept = _written(meeting, version)
        if kept.approved_at is not None:
            raise Refused(_("Protokollet är justerat. Skriv ett tillägg i stället."))
        kept.general, kept.changed_by, kept.changed_at = general, by.account, at
        kept.save()
        tell(by, "meetings.write_minutes", meeting, at)


def approve(*, meeting: Meeting, version: int, by: Viewer, at: datetime) -> None:
    """Lock the meeting: from now on nothing of it can be changed. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        if Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk).held_at is None:
            raise Refused(_("Mötet är inte avslutat än."))
        kept = _written(meeting, version)
        if kept.approved_at is not None:
            raise Refused(_("Protokollet är redan justerat."))
        kept.approved_at, kept.approved_by = at, by.account
        tell(by, "meetings.approve", meeting, at)
        kept.save()


def add_addendum(
    *, meeting: Meeting, item: AgendaItem | None, text: str, by: Viewer, at: datetime
) -> None:
    """Add to approved minutes: to an item, or to the general part. Raises Refused before that."""
    with transaction.atomic():
        written = Minutes.objects.select_for_update(no_key=True).filter(meeting=meeting).first()
        if written is None or written.approved_at is None:
            raise Refused(_("Protokollet är inte justerat. Ändra det i stället."))
        Addendum.objects.create(minutes=written, item=item, text=text, by=by.account, at=at)
        tell(by, "meetings.add_addendum", meeting, at)


def _may_be_held(meeting: Meeting, at: datetime) -> None:
    if not meeting.is_open:
        raise Refused(_("Mötet är redan avslutat eller inställt."))
    if local_day(at) < meeting.day:
        raise Refused(_("Mötet har inte varit än."))
    noted = dict(meeting.invited.values_list("profession", "was_present"))
    unnoted = meeting.invited.filter(was_present=None).exists()
    if unnoted or any(role not in noted for role in meeting.roles()):
        raise Refused(_("Anteckna först vilka som var med."))


def _written(meeting: Meeting, version: int) -> Minutes:
    there = Minutes.objects.filter(meeting=meeting).first()
    if there is not None:
        return locked(Minutes.objects.all(), there.pk, version=version)
    if version:
        raise ChangedMeanwhile("the minutes are gone")
    return Minutes(meeting=meeting)
