"""What calls offer: a panel of the case, rows in queues on both sides, calendars, reminders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration import actions, mailing
from narvaro.web.collaboration.actions.reminding import WAITS
from narvaro.web.collaboration.links import answers_begin
from narvaro.web.collaboration.meetings import offers as meetings
from narvaro.web.collaboration.models import Answer, Call, Called, Stopped
from narvaro.web.collaboration.panels import case_panel
from narvaro.web.collaboration.received import READ, called_of
from narvaro.web.consent.registry import offer_withdrawn
from narvaro.web.jobs.handlers import Result, Running, offer_job, offer_schedule
from narvaro.web.messages.calendars import Event
from narvaro.web.messages.registry import (
    Line,
    offer_calendar,
    offer_receivers,
    offer_reminders,
    offer_secret_paths,
)
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.registry import (
    QueueGroup,
    QueueRow,
    offer_case_panels,
    offer_day_moved,
    offer_queue,
)
from narvaro.web.ui.written import moment

KEPT_IN_CALENDAR = timedelta(days=60)


def fill() -> None:
    """Called once, at the start."""
    meetings.fill()
    offer_case_panels(30, case_panel)
    offer_queue(_of_callers)
    offer_queue(_of_called)
    offer_calendar(_calendar_of_callers)
    offer_calendar(_calendar_of_called)
    offer_reminders(_reminders)
    offer_receivers(mailing.RECEIVER, mailing.receiver)
    offer_secret_paths(answers_begin)
    offer_job("collaboration.remind", gettext_lazy("Påminna kallade verksamheter"), _remind)
    offer_schedule("remind called", "collaboration.remind", "daily 06:20")
    offer_day_moved(actions.remind_silent)
    offer_withdrawn(actions.stop_without_consent, locks=actions.lock_calls)


def _own_calls(viewer: Viewer) -> Iterator[Call]:
    """The calls to come that the viewer made, or whose case is the viewer's."""
    if not viewer.may("collaboration.call"):
        return
    calls = Call.objects.visible_to(viewer, "collaboration.call").filter(cancelled_at=None)
    mine = calls.filter(made_by=viewer.account) | calls.filter(case__owner=viewer.account)
    waiting = mine.exclude(meetings__held_at__isnull=False)
    yield from waiting.select_related("pupil").distinct().order_by("pk")


def _of_callers(viewer: Viewer) -> Iterator[QueueRow]:
    for call in _own_calls(viewer):
        row = _row(call, viewer)
        if row is not None:
            yield row


def _row(call: Call, viewer: Viewer) -> QueueRow | None:
    last = call.last_day
    if last is None or call.sent_at is None:
        why, verb = _("Kallelsen är inte skickad."), _("Se kallelsen och skicka den")
        return _of_call(call, QueueGroup.THIS_WEEK, why, verb)
    if call.called.filter(stopped_because=Stopped.CONSENT).exists():
        why = _("Ett samtycke gäller inte längre: den verksamheten deltar inte.")
        return _of_call(call, QueueGroup.NEW, why, _("Se vad som gäller"))
    if call.meetings.to_come().exists():
        return None
    silent = len(actions.silent_of(call))
    if last < viewer.today:
        why = _("Sista dagen har varit, och inget möte är hållet.")
        return _of_call(call, QueueGroup.LATE, why, _("Se vad som gäller"))
    if not silent:
        return _of_call(call, QueueGroup.THIS_WEEK, _("Alla har svarat."), _("Bestäm tiden"))
    if call.sent_at <= viewer.now - WAITS:
        said = ngettext("%(n)d har inte svarat.", "%(n)d har inte svarat.", silent)
        return _of_call(
            call, QueueGroup.THIS_WEEK, said % {"n": silent}, _("Se vilka som är tysta")
        )
    why = _("Väntar på svar från dem som är kallade.")
    return _of_call(call, QueueGroup.WAITING, why, _("Se svaren"))


def _of_call(call: Call, group: QueueGroup, why: str, verb: str) -> QueueRow:
    return QueueRow(
        key=f"call {call.public_id}",
        group=group,
        title=f"{name_of(call.pupil)}: {call.local_name}",
        why=why,
        verb=verb,
        url=reverse("call", args=[call.public_id]),
        due_on=call.last_day,
    )


def _of_called(viewer: Viewer) -> Iterator[QueueRow]:
    """A call to the viewer's unit that nobody has answered; the meeting once its time is chosen."""
    for one in called_of(viewer, READ, viewer.now).order_by("pk"):
        meeting = one.call.meetings.to_come().filter(starts_at__gte=viewer.now).first()
        authority = {"authority": one.call.case.authority.name}
        if meeting is not None and one.answer != Answer.NO:
            title = _("Möte %(when)s") % {"when": moment(meeting.starts_at)}
            why = _("%(authority)s har bestämt tiden.") % authority
            group, due = QueueGroup.LATER, meeting.day
        elif one.is_silent and not one.call.meetings.held().exists():
            title, due = _("Svara på en kallelse"), one.call.last_day or viewer.today
            why = _("%(authority)s har kallat er.") % authority
            group = QueueGroup.NEW
        else:
            continue
        url = reverse("called", args=[one.public_id])
        yield QueueRow(f"called {one.public_id}", group, title, why, _("Öppna kallelsen"), url, due)


def _calendar_of_callers(viewer: Viewer) -> Iterator[Event]:
    since = viewer.now - KEPT_IN_CALENDAR
    for call in _own_calls(viewer):
        for meeting in call.meetings.filter(starts_at__gte=since):
            meeting.call = call
            yield mailing.event_of(meeting)


def _calendar_of_called(viewer: Viewer) -> Iterator[Event]:
    since = viewer.now - KEPT_IN_CALENDAR
    for one in called_of(viewer, READ, viewer.now).exclude(answer=Answer.NO):
        for meeting in one.call.meetings.filter(starts_at__gte=since):
            meeting.call = one.call
            yield mailing.event_of(meeting, one)


def _reminders(viewer: Viewer) -> Iterator[Line]:
    """Calls to answer, and how soon."""
    waiting: list[Called] = [
        one
        for one in called_of(viewer, READ, viewer.now)
        if one.is_silent and not one.call.meetings.held().exists()
    ]
    if waiting:
        n = len(waiting)
        said = ngettext("%(n)d kallelse att svara på", "%(n)d kallelser att svara på", n)
        yield Line(said % {"n": n}, reverse("home"))


def _remind(running: Running) -> Result:
    return {"reminded": actions.remind_silent(running.asked_at)}
