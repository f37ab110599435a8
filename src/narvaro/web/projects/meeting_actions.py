"""Every write about a project's meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.models import Authority
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.projects.meeting_models import (
    MeetingDecision,
    MeetingSeries,
    ProjectMeeting,
    SeriesKind,
    Turnout,
)
from narvaro.web.projects.models import Project
from narvaro.web.projects.templates_of_meetings import USUAL


@dataclass(frozen=True, slots=True)
class Counted:
    """An organisation and role that were not among those planned."""

    authority: Authority | None
    other: str
    role: str
    invited: int
    present: int


def start_meetings(
    *, project: Project, said: Mapping[str, Any], by: Viewer, at: datetime
) -> MeetingSeries:
    """Start a series; `said` are the fields of `MeetingSeries`."""
    with transaction.atomic():
        made = MeetingSeries.objects.create(project=project, **said)
        _tell(by, "projects.start_meetings", made, at)
    return made


def change_meetings(
    *, series: MeetingSeries, said: Mapping[str, Any], version: int, by: Viewer, at: datetime
) -> None:
    """Change a series; planned meetings stay as they are. Raises ChangedMeanwhile."""
    with transaction.atomic():
        kept = locked(MeetingSeries.objects.all(), series.pk, version=version)
        for name, value in said.items():
            setattr(kept, name, value)
        kept.save()
        _tell(by, "projects.change_meetings", kept, at)


def plan_meeting(
    *, series: MeetingSeries, said: Mapping[str, Any], by: Viewer, at: datetime
) -> ProjectMeeting:
    """Plan a meeting; the same are invited as last time, or one of each authority the first time."""
    with transaction.atomic():
        made = ProjectMeeting.objects.create(series=series, **said)
        Turnout.objects.bulk_create(_invited(series, made))
        _tell(by, "projects.plan_meeting", series, at, made)
    return made


def _invited(series: MeetingSeries, made: ProjectMeeting) -> list[Turnout]:
    before = series.meetings.exclude(pk=made.pk).filter(cancelled_because="").first()
    if before is not None:
        return [
            Turnout(
                meeting=made,
                authority=one.authority,
                other=one.other,
                role=one.role,
                invited=one.invited,
            )
            for one in before.turnouts.select_related("authority")
        ]
    role = str(USUAL[SeriesKind(series.kind)].role)
    authorities = series.project.authorities.order_by("name")
    return [Turnout(meeting=made, authority=one, role=role, invited=1) for one in authorities]


def change_meeting(
    *, meeting: ProjectMeeting, said: Mapping[str, Any], version: int, by: Viewer, at: datetime
) -> None:
    """Move a meeting, or call it off with a reason. Raises ChangedMeanwhile, Refused once it was held."""
    with transaction.atomic():
        kept = locked(ProjectMeeting.objects.all(), meeting.pk, version=version)
        if kept.is_held:
            raise Refused(_("Mötet har hållits och går inte att flytta."))
        for name, value in said.items():
            setattr(kept, name, value)
        kept.save()
        _tell(by, "projects.change_meeting", kept.series, at, kept)


def note_meeting(
    *,
    meeting: ProjectMeeting,
    counts: Mapping[int, tuple[int, int]],
    more: Sequence[Counted],
    words: Mapping[str, str],
    version: int,
    by: Viewer,
    at: datetime,
) -> None:
    """Note who came (`counts`: invited and present by the turnout's id) and what was said.

    Raises ChangedMeanwhile, and Refused for a meeting to come or that was called off.
    """
    with transaction.atomic():
        kept = locked(ProjectMeeting.objects.all(), meeting.pk, version=version)
        if kept.cancelled_because or kept.on > by.today:
            raise Refused(_("Mötet har inte varit än, eller är inställt."))
        for row in kept.turnouts.filter(pk__in=counts):
            row.invited, row.present = counts[row.pk]
            row.save()
        for new in more:
            _count(kept, new)
        for name in ("notes", "survey", "changed"):
            setattr(kept, name, words.get(name, ""))
        kept.is_held = True
        kept.save()
        _tell(by, "projects.note_meeting", kept.series, at, kept)


def _count(meeting: ProjectMeeting, new: Counted) -> None:
    try:
        with transaction.atomic():
            Turnout.objects.create(
                meeting=meeting,
                authority=new.authority,
                other=new.other,
                role=new.role,
                invited=new.invited,
                present=new.present,
            )
    except IntegrityError:
        raise Refused(_("Organisationen och rollen finns redan på mötet.")) from None


def decide(
    *, meeting: ProjectMeeting, said: Mapping[str, Any], by: Viewer, at: datetime
) -> MeetingDecision:
    """Enter what a meeting decided."""
    with transaction.atomic():
        made = MeetingDecision.objects.create(meeting=meeting, **said)
        _tell(by, "projects.decide", meeting.series, at, meeting)
    return made


def is_done(*, decision: MeetingDecision, on: date, version: int, by: Viewer, at: datetime) -> None:
    """Say that what was decided is done. Raises ChangedMeanwhile."""
    with transaction.atomic():
        kept = locked(MeetingDecision.objects.all(), decision.pk, version=version)
        kept.done_on = on
        kept.save()
        _tell(by, "projects.decision_done", kept.meeting.series, at, kept.meeting)


def _tell(
    by: Viewer,
    action: str,
    series: MeetingSeries,
    at: datetime,
    meeting: ProjectMeeting | None = None,
) -> None:
    subjects = [f"project:{series.project.public_id}", f"series:{series.public_id}"]
    if meeting is not None:
        subjects.append(f"meeting:{meeting.public_id}")
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
