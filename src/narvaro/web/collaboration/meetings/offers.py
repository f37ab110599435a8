"""What meetings of authorities offer: rows in queues on both sides, minutes to disclose, the night's work."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.collaboration.deviations.drafting import draft_overdue
from narvaro.web.collaboration.deviations.paper import sentence_of
from narvaro.web.collaboration.meetings.ours import ours
from narvaro.web.collaboration.models import Call, CrossMeeting, Decision, Deviation, Minutes
from narvaro.web.consent.items import Item
from narvaro.web.disclosures.content import Part, Shown, offer_item, written_with_year
from narvaro.web.jobs.handlers import Result, Running, offer_job, offer_schedule
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.registry import QueueGroup, QueueRow, offer_day_moved, offer_queue
from narvaro.web.ui.written import day, day_of_year


def fill() -> None:
    """Called once, at the start."""
    offer_queue(_meetings)
    offer_queue(_decisions)
    offer_queue(_deviations)
    offer_queue(_ours)
    offer_item(Item.MINUTES, locked_minutes)
    offer_job("deviations.draft", gettext_lazy("Göra utkast till avvikelser"), _draft)
    offer_schedule("deviations", "deviations.draft", "daily 05:40")
    offer_day_moved(draft_overdue)


def _draft(running: Running) -> Result:
    return {"deviations": draft_overdue(running.asked_at)}


def _own(viewer: Viewer) -> Q:
    """Those the viewer called to, or whose case is the viewer's."""
    return Q(call__made_by=viewer.account) | Q(call__case__owner=viewer.account)


def _meetings(viewer: Viewer) -> Iterator[QueueRow]:
    if not viewer.may("joint_meetings.hold"):
        return
    visible = CrossMeeting.objects.visible_to(viewer, "joint_meetings.meeting")
    mine = visible.filter(_own(viewer)).select_related("call__pupil").distinct()
    for one in mine.to_come().filter(starts_at__lte=viewer.now):
        why = _("Anteckna vilka som kom, besluten och när ni följer upp.")
        yield _of_meeting(one, QueueGroup.LATE, why, _("Avsluta mötet"))
    written = Minutes.objects.filter(locked_at=None).values("meeting")
    unlocked = mine.held().filter(Q(pk__in=written) | Q(written=None))
    for one in unlocked.filter(held_at__lte=viewer.now):
        why = _("Anteckningarna är inte låsta.")
        yield _of_meeting(one, QueueGroup.THIS_WEEK, why, _("Läs och lås"))


def _of_meeting(one: CrossMeeting, group: QueueGroup, why: str, verb: str) -> QueueRow:
    return QueueRow(
        key=f"joint-meeting {one.public_id}",
        group=group,
        title=f"{name_of(one.call.pupil)}: {one.call.local_name}",
        why=why,
        verb=verb,
        url=reverse("joint_meeting", args=[one.public_id]),
        due_on=one.day,
    )


def _decisions(viewer: Viewer) -> Iterator[QueueRow]:
    """What the school itself is to do, for who called and who has the case."""
    if not viewer.may("joint_meetings.done"):
        return
    visible = CrossMeeting.objects.visible_to(viewer, "joint_meetings.meeting")
    meetings = visible.filter(_own(viewer)).filter(held_at__lte=viewer.now)
    waiting = Decision.objects.filter(
        meeting__in=meetings, done_at=None, owner_unit__authority=viewer.authority
    )
    for one in waiting.select_related("meeting__call__pupil"):
        meeting = one.meeting
        yield QueueRow(
            key=f"decision {one.public_id}",
            group=_group(one, viewer),
            title=f"{name_of(meeting.call.pupil)}: {meeting.call.local_name}",
            why=_("Skolan skulle göra något efter mötet %(day)s.") % {"day": day(meeting.day)},
            verb=_("Se beslutet"),
            url=reverse("joint_meeting", args=[meeting.public_id]),
            due_on=one.due_on,
        )


def _group(one: Decision, viewer: Viewer) -> QueueGroup:
    if one.due_on < viewer.today:
        return QueueGroup.LATE
    return QueueGroup.THIS_WEEK if (one.due_on - viewer.today).days < 7 else QueueGroup.LATER


def _deviations(viewer: Viewer) -> Iterator[QueueRow]:
    if not viewer.may("deviations.sign"):
        return
    calls = Call.objects.visible_to(viewer, "deviations.sign")
    drafts = Deviation.objects.filter(call__in=calls, signed_at=None, made_at__lte=viewer.now)
    for one in drafts.select_related("call__pupil", "unit"):
        yield QueueRow(
            key=f"deviation {one.public_id}",
            group=QueueGroup.THIS_WEEK,
            title=f"{name_of(one.call.pupil)}: {_('avvikelse i samverkan')}",
            why=sentence_of(one),
            verb=_("Läs och underteckna"),
            url=reverse("deviation", args=[one.public_id]),
            due_on=one.made_on,
        )


def _ours(viewer: Viewer) -> Iterator[QueueRow]:
    """What another authority's unit is to do: that there is something, and by when."""
    if not viewer.may("joint_meetings.ours"):
        return
    for one in ours(viewer, "joint_meetings.ours").filter(done_at=None).order_by("due_on", "pk"):
        meeting = one.meeting
        said = {"day": day(meeting.day), "authority": meeting.call.case.authority.name}
        yield QueueRow(
            key=f"our-decision {one.public_id}",
            group=_group(one, viewer),
            title=_("Efter mötet %(day)s") % said,
            why=_("Er verksamhet skulle göra något. %(authority)s kallade.") % said,
            verb=_("Se vad och svara"),
            url=reverse("our_decisions"),
            due_on=one.due_on,
        )


def locked_minutes(pupil: Pupil, case: Case | None, viewer: Viewer) -> Shown | None:
    """The latest locked minutes of a case, as they are disclosed: no place of a protected pupil."""
    if case is None:
        return None
    if not viewer.may("joint_meetings.meeting"):
        return None
    locked = (
        CrossMeeting.objects.held()
        .filter(call__case=case, call__pupil=pupil)
        .exclude(written__locked_at=None)
    )
    one = locked.select_related("call", "chair_unit", "written").first()
    if one is None:
        return None
    written = one.written
    about = [
        f"{one.call.local_name} {day_of_year(one.day)}",
        _("Vad mötet kom fram till: %(words)s") % {"words": written.talked_of},
    ]
    rows = tuple(
        (each.words, _owner(each, case), written_with_year(each.due_on))
        for each in one.decisions.select_related("owner_unit")
    )
    headings = (_("Vad som ska göras"), _("Vem"), _("Senast"))
    parts = [Part(_("Gemensamt möte"), tuple(about))]
    if rows:
        parts.append(Part(_("Beslut"), headings=headings, rows=rows))
    return Shown(tuple(parts), written.locked_at)


def _owner(decision: Decision, case: Case) -> str:
    """Who does it: which school the pupil goes to is an item of its own, and is not told here."""
    unit = decision.owner_unit
    return _("Skolan") if unit.authority_id == case.authority_id else unit.name
