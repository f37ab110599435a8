"""Writes to series and to when they meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.meetings.actions.agenda import carry, gather
from narvaro.web.meetings.actions.coming import ask
from narvaro.web.meetings.actions.invitations import send_cancellation, send_invitation
from narvaro.web.meetings.actions.inviting import tell_guests
from narvaro.web.meetings.actions.telling import tell
from narvaro.web.meetings.models import Meeting, Series


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a meeting is, how long, and who leads it."""

    starts_at: datetime
    minutes: int
    place: str
    chair: Account


def start_series(*, school: Unit, said: Mapping[str, Any], by: Viewer, at: datetime) -> Series:
    """Start a series at a school; `said` are the fields of `Series`."""
    with transaction.atomic():
        made = Series.objects.create(school=school, **said)
        _tell(by, "meetings.start_series", made, at)
    return made


def change_series(
    *, series: Series, said: Mapping[str, Any], version: int, by: Viewer, at: datetime
) -> None:
    """Change a series; meetings that are planned already stay as they are. Raises ChangedMeanwhile."""
    with transaction.atomic():
        kept = locked(Series.objects.all(), series.pk, version=version)
        for name, value in said.items():
            setattr(kept, name, value)
        kept.save()
        _tell(by, "meetings.change_series", kept, at)


def end_series(*, series: Series, version: int, by: Viewer, at: datetime) -> None:
    """End a series. Raises Refused while a meeting of it is planned: cancel it, or hold it, first."""
    with transaction.atomic():
        kept = locked(Series.objects.all(), series.pk, version=version)
        if kept.meetings.to_come().exists():
            raise Refused(_("Det finns ett planerat möte. Håll det eller ställ in det först."))
        kept.ended_on = by.today
        kept.save()
        _tell(by, "meetings.end_series", kept, at)


def plan_meeting(*, series: Series, plan: Plan, by: Viewer, at: datetime) -> Meeting:
    """Plan a meeting: people are asked, the agenda is made, what waits is carried to it.

    Raises Refused when the series has ended or meets then already.
    """
    if series.ended_on is not None:
        raise Refused(_("Serien är avslutad."))
    with transaction.atomic():
        made = _created(series, plan, at)
        carry(series.pk, by=by, at=at)
        tell(by, "meetings.plan", made, at)
        gather(meeting=made, by=by, at=at)
        for one in ask(made, at):
            send_invitation(one, by=by, at=at)
    return made


def replan(*, meeting: Meeting, plan: Plan, version: int, by: Viewer, at: datetime) -> None:
    """Move a meeting in time or place; everybody gets the new invitation. Raises ChangedMeanwhile."""
    with transaction.atomic():
        kept = locked(Meeting.objects.all(), meeting.pk, version=version)
        _still_open(kept)
        kept.starts_at, kept.minutes = plan.starts_at, plan.minutes
        kept.place, kept.chair = plan.place, plan.chair
        kept.sequence += 1
        try:
            with transaction.atomic():
                kept.save()
        except IntegrityError:
            raise Refused(_("Serien har redan ett möte då.")) from None
        tell(by, "meetings.replan", kept, at)
        ask(kept, at)
        for one in kept.invited.exclude(account=None).select_related("account"):
            send_invitation(one, by=by, at=at)
        tell_guests(kept, by=by, at=at)


def cancel(*, meeting: Meeting, reason: str, version: int, by: Viewer, at: datetime) -> None:
    """Call a meeting off; its items wait for the next. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        kept = locked(Meeting.objects.all(), meeting.pk, version=version)
        _still_open(kept)
        kept.cancelled_at, kept.cancelled_by, kept.cancel_reason = at, by.account, reason
        kept.sequence += 1
        kept.save()
        carry(kept.series_id, by=by, at=at)
        tell(by, "meetings.cancel", kept, at)
        for one in kept.invited.exclude(account=None).select_related("account"):
            send_cancellation(one, by=by, at=at)
        tell_guests(kept, by=by, at=at)


def _created(series: Series, plan: Plan, at: datetime) -> Meeting:
    try:
        with transaction.atomic():
            made: Meeting = Meeting.objects.create(
                series=series,
                starts_at=plan.starts_at,
                minutes=plan.minutes,
                place=plan.place,
                chair=plan.chair,
                professions=list(series.professions),
                planned_at=at,
            )
    except IntegrityError:
        raise Refused(_("Serien har redan ett möte då.")) from None
    return made


def _still_open(meeting: Meeting) -> None:
    if not meeting.is_open:
        raise Refused(_("Mötet är redan avslutat eller inställt."))


def _tell(by: Viewer, action: str, series: Series, at: datetime) -> None:
    subjects = [f"series:{series.public_id}"]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
