"""What meetings offer: menu, work queue, panel, calendar, reminders, and the nightly gathering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.jobs.handlers import Result, Running, offer_job, offer_schedule
from narvaro.web.meetings import actions
from narvaro.web.meetings.actions.invitations import event_of
from narvaro.web.meetings.guests import event_for
from narvaro.web.meetings.models import Answer, Guest, Invited, Meeting
from narvaro.web.meetings.models.series import Meetings
from narvaro.web.messages.calendars import Event
from narvaro.web.messages.registry import Line, offer_calendar, offer_reminders
from narvaro.web.messages.reminders import viewers_of
from narvaro.web.ui.registry import (
    MenuItem,
    Panel,
    QueueGroup,
    QueueRow,
    offer_home_panels,
    offer_menu,
    offer_queue,
)
from narvaro.web.ui.written import day, moment

GATHERED_BEFORE = timedelta(days=14)
KEPT_IN_CALENDAR = timedelta(days=60)


def fill() -> None:
    """Called once, at the start."""
    offer_menu(40, _menu)
    offer_queue(_queue)
    offer_home_panels(_panel)
    offer_calendar(_calendar)
    offer_calendar(_as_guest)
    offer_queue(_invitations)
    offer_reminders(_reminders)
    offer_job("meetings.gather", gettext_lazy("Göra mötenas dagordningar"), _gather)
    offer_schedule("agendas", "meetings.gather", "daily 05:10")


def _menu(viewer: Viewer) -> Iterable[MenuItem]:
    if viewer.may("meetings.list"):
        yield MenuItem("meetings", _("Möten"), reverse("meetings"))


def _asked(viewer: Viewer) -> Iterator[Invited]:
    """The viewer's own invitations to meetings to come, at schools in the viewer's reach."""
    reach = viewer.reach("meetings.meeting").unit_ids
    mine = Invited.objects.filter(
        account=viewer.account,
        meeting__held_at=None,
        meeting__cancelled_at=None,
        meeting__starts_at__gte=viewer.now,
        meeting__series__school__in=reach,
    )
    yield from mine.select_related("meeting__series").order_by("meeting__starts_at")


def _queue(viewer: Viewer) -> Iterator[QueueRow]:
    if not viewer.may("meetings.list"):
        return
    for one in _asked(viewer):
        if one.answer == Answer.NONE and one.meeting.day > viewer.today:
            yield _row(
                one.meeting, QueueGroup.NEW, _("Svara om du kommer"), _("Du är kallad."), "answer"
            )
    mine = Meeting.objects.visible_to(viewer, "meetings.list").select_related("series")
    leads = mine.filter(chair=viewer.account)
    for meeting in _today(viewer, mine):
        why = ", ".join(one for one in (moment(meeting.starts_at), meeting.place) if one)
        yield _row(meeting, QueueGroup.THIS_WEEK, _("Öppna dagordningen"), why, "today")
    for meeting in leads.to_come().filter(starts_at__lt=viewer.now):
        why = _("Anteckna vilka som var med och avsluta mötet.")
        yield _row(meeting, QueueGroup.LATE, _("Avsluta mötet"), why, "hold")
    if viewer.may("meetings.approve"):
        held = leads.held().filter(Q(written=None) | Q(written__approved_at=None))
        for meeting in held:
            why = _("Protokollet är inte justerat.")
            yield _row(meeting, QueueGroup.THIS_WEEK, _("Justera protokollet"), why, "approve")


def _today(viewer: Viewer, meetings: Meetings) -> Iterator[Meeting]:
    """Meetings of the viewer's day that the viewer is asked to or leads, until they are held.

    One who leads is asked to end it once it has begun: then that stands instead.
    """
    for one in meetings.to_come().filter(invited__account=viewer.account):
        has_begun = one.starts_at < viewer.now and one.chair_id == viewer.account.pk
        if one.day == viewer.today and not has_begun:
            yield one


def _row(meeting: Meeting, group: QueueGroup, verb: str, why: str, kind: str) -> QueueRow:
    return QueueRow(
        key=f"meeting {meeting.public_id} {kind}",
        group=group,
        title=f"{meeting.series.name} {day(meeting.day)}",
        why=why,
        verb=verb,
        url=reverse("meeting", args=[meeting.public_id]),
        due_on=meeting.day,
    )


def _panel(viewer: Viewer) -> Iterator[Panel]:
    """The way to the counts for those who have no list of meetings."""
    if viewer.may("meetings.participation") and not viewer.may("meetings.list"):
        yield Panel("participation", _("Elevhälsomöten"), "meetings/home_panel.html")


def _guests(viewer: Viewer, since: datetime) -> Iterator[Guest]:
    """What the viewer is asked to as a mentor."""
    if viewer.may("meetings.guest"):
        mine = Guest.objects.visible_to(viewer, "meetings.guest")
        near = mine.filter(account=viewer.account, item__meeting__starts_at__gte=since)
        yield from near.select_related("item__meeting__series").order_by("pk")


def _as_guest(viewer: Viewer) -> Iterator[Event]:
    for one in _guests(viewer, viewer.now - KEPT_IN_CALENDAR):
        yield event_for(one)


def _invitations(viewer: Viewer) -> Iterator[QueueRow]:
    for one in _guests(viewer, viewer.now):
        if one.item.meeting.is_open:
            yield QueueRow(
                key=f"guest {one.public_id}",
                group=QueueGroup.THIS_WEEK,
                title=_("Elevhälsomöte, en punkt"),
                why=_("Du är inbjuden för en av dina elever."),
                verb=_("Se vad du kan förbereda"),
                url=reverse("meeting_guest", args=[one.public_id]),
                due_on=one.item.meeting.day,
            )


def _calendar(viewer: Viewer) -> Iterator[Event]:
    since = viewer.now - KEPT_IN_CALENDAR
    mine = Invited.objects.filter(account=viewer.account, meeting__starts_at__gte=since)
    reach = viewer.reach("meetings.meeting").unit_ids
    here = mine.filter(meeting__series__school__in=reach)
    for one in here.exclude(answer=Answer.DOES_NOT).select_related("meeting__series"):
        yield event_of(one.meeting)


def _reminders(viewer: Viewer) -> Iterator[Line]:
    """Meetings of tomorrow and today, and how many have no answer."""
    near = viewer.today + timedelta(days=1)
    soon = [one for one in _asked(viewer) if one.meeting.day <= near]
    if soon:
        said = ngettext(
            "%(n)d möte i dag eller i morgon", "%(n)d möten i dag eller i morgon", len(soon)
        )
        yield Line(said % {"n": len(soon)}, reverse("meetings"))


def _gather(running: Running) -> Result:
    return {"items": gather_soon(running.asked_at)}


def gather_soon(now: datetime) -> int:
    """Make the agendas of the meetings of today and two weeks on, as their chairs see them.

    Returns how many items are new.
    """
    count, day = 0, datetime.combine(now.astimezone(STOCKHOLM), time(), STOCKHOLM)
    soon = Meeting.objects.to_come().filter(starts_at__gte=day, starts_at__lt=now + GATHERED_BEFORE)
    for meeting in soon.select_related("series__school", "chair"):
        viewer = _chair(meeting, now)
        if viewer is None:
            continue
        try:
            count += actions.gather(meeting=meeting, by=viewer, at=now)
        except Refused:
            continue  # held or cancelled a moment ago
    return count


def _chair(meeting: Meeting, now: datetime) -> Viewer | None:
    """The chair in the assignment that reaches the school; None when it has none any more."""
    viewers = viewers_of(meeting.chair, now)
    school = meeting.series.school_id
    return next((one for one in viewers if school in one.reach("meetings.gather").unit_ids), None)
