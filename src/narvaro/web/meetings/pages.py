"""Frozen values for the pages of meetings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.models import (
    AgendaItem,
    Answer,
    Decision,
    Invited,
    Meeting,
)
from narvaro.web.meetings.participation import least_seen
from narvaro.web.meetings.registry import Outcome, follow_up_of, keys_offered
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.written import long_day

NameOf = Callable[[AgendaItem], bool]
SHOWN = 5
ANSWER_KINDS = {Answer.COMES: "done", Answer.DOES_NOT: "", Answer.NONE: "unknown"}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as a viewer sees it. `is_closed`: a protected pupil, whose texts ask for a reason first."""

    item: AgendaItem
    number: int
    name: str
    is_closed: bool
    decision: Decision | None

    @property
    def is_decided(self) -> bool:
        """Somebody has decided."""
        return self.decision is not None


@dataclass(frozen=True, slots=True)
class ComingRow:
    """Somebody who was asked, or a profession that nobody here has."""

    profession: str
    name: str
    answer: str
    kind: str
    field: str
    was_present: bool | None
    is_self: bool = False

    @property
    def present_word(self) -> str:
        """`yes`, `no` or nothing, as the form has it."""
        return {True: "yes", False: "no", None: ""}[self.was_present]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The meeting before, and how it has gone with what was decided then."""

    meeting: Meeting
    decisions: int
    done: int
    ongoing: int
    late: int
    late_texts: Sequence[str]
    is_known: bool


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting as a viewer sees it."""

    meeting: Meeting
    title: str
    lead: str
    pupils: Sequence[ItemRow]
    general: Sequence[ItemRow]
    struck: Sequence[ItemRow]
    coming: Sequence[ComingRow]
    silent: int
    seldom: str
    earlier: Earlier | None
    new: int
    all_noted: bool
    has_been: bool

    @property
    def first(self) -> Sequence[ItemRow]:
        """The rows shown at once."""
        return self.pupils[:SHOWN]

    @property
    def rest(self) -> Sequence[ItemRow]:
        """The rows that open."""
        return self.pupils[SHOWN:]

    @property
    def order(self) -> Sequence[ItemRow]:
        """Every item in the order of the agenda."""
        return sorted((*self.pupils, *self.general), key=lambda one: one.item.number)


def title_of(meeting: Meeting) -> str:
    """`Elevhälsomöte onsdag 9 december`."""
    return f"{meeting.series.name} {long_day(meeting.day)}"


def time_of(meeting: Meeting) -> str:
    """`13.00–15.00`, and the room."""
    starts, ends = (one.astimezone(STOCKHOLM) for one in (meeting.starts_at, meeting.ends_at))
    times = f"{starts:%H.%M}–{ends:%H.%M}"
    return f"{times}, {meeting.place}" if meeting.place else times


def rows_of(items: Sequence[AgendaItem], is_closed: NameOf) -> list[ItemRow]:
    """The items, numbered among those the viewer sees."""
    return [
        ItemRow(
            item,
            number,
            name_of(item.pupil) if item.pupil is not None else item.title,
            is_closed(item),
            getattr(item, "decision", None),
        )
        for number, item in enumerate(items, 1)
    ]


def meeting_page(viewer: Viewer, meeting: Meeting, is_closed: NameOf) -> MeetingPage:
    """The page; `is_closed` says of an item that a reason has to be given first."""
    visible = AgendaItem.objects.visible_to(viewer, "meetings.meeting").filter(meeting=meeting)
    seen = visible.select_related("pupil", "decision__next_owner", "carried_from__meeting")
    listed = list(seen.on_the_agenda())
    pupils = rows_of([one for one in listed if one.pupil_id], is_closed)
    general = rows_of([one for one in listed if not one.pupil_id], is_closed)
    coming = coming_rows(viewer, meeting)
    return MeetingPage(
        meeting=meeting,
        title=title_of(meeting),
        lead=_lead(meeting, pupils, listed),
        pupils=pupils,
        general=general,
        struck=rows_of(list(seen.exclude(struck_at=None)), is_closed),
        coming=coming,
        silent=meeting.invited.filter(answer=Answer.NONE).exclude(account=None).count(),
        seldom=least_seen(meeting, viewer.today),
        earlier=_earlier(viewer, meeting),
        new=_new(viewer, meeting) if meeting.is_open else 0,
        all_noted=all(one.was_present is not None for one in coming),
        has_been=viewer.today >= meeting.day,
    )


def coming_rows(viewer: Viewer, meeting: Meeting) -> list[ComingRow]:
    """Those asked, who has not answered first; then professions that nobody here has."""
    asked = list(meeting.invited.select_related("account"))
    order = {Answer.NONE: 0, Answer.COMES: 1, Answer.DOES_NOT: 2}
    people = sorted(
        (one for one in asked if one.account is not None), key=lambda one: order[Answer(one.answer)]
    )
    alone = {one.profession: one.was_present for one in asked if one.account is None}
    taken = {one.profession for one in people}
    without = [role for role in meeting.roles() if role not in taken]
    return [
        *(_person(viewer, meeting, one) for one in people),
        *(_nobody(role, alone.get(role)) for role in without),
    ]


def _person(viewer: Viewer, meeting: Meeting, one: Invited) -> ComingRow:
    person = one.account
    said = Answer(one.answer)
    role = str(Role(one.profession).label).capitalize()
    leads = one.account_id == meeting.chair_id
    return ComingRow(
        profession=_("%(role)s, ordförande") % {"role": role} if leads else role,
        name=person.name if person is not None else "",
        answer=str(said.label),
        kind=ANSWER_KINDS[said],
        field=f"person-{one.pk}",
        was_present=one.was_present,
        is_self=one.account_id == viewer.account.pk,
    )


def _nobody(role: Role, was_present: bool | None) -> ComingRow:
    return ComingRow(
        profession=str(role.label).capitalize(),
        name="",
        answer=_("Ingen här"),
        kind="late",
        field=f"role-{role}",
        was_present=was_present,
    )


def _lead(meeting: Meeting, pupils: Sequence[ItemRow], items: Sequence[AgendaItem]) -> str:
    minutes = sum(one.minutes for one in items)
    count = ngettext("%(n)d elev", "%(n)d elever", len(pupils)) % {"n": len(pupils)}
    said = _("%(time)s. %(count)s, beräknat %(minutes)d minuter av %(of)d.") % {
        "time": time_of(meeting),
        "count": count,
        "minutes": minutes,
        "of": meeting.minutes,
    }
    if meeting.cancelled_at is not None:
        return _("%(said)s Inställt: %(why)s") % {"said": said, "why": meeting.cancel_reason}
    if meeting.held_at is not None:
        return _("%(said)s Mötet är avslutat.") % {"said": said}
    return said


def _new(viewer: Viewer, meeting: Meeting) -> int:
    """How many items are offered that do not stand on the agenda."""
    if not viewer.may("meetings.gather"):
        return 0
    there = set(meeting.items.values_list("source_key", flat=True))
    return sum(one not in there for one in keys_offered(viewer, meeting))


def _earlier(viewer: Viewer, meeting: Meeting) -> Earlier | None:
    before = meeting.series.meetings.held().filter(starts_at__lt=meeting.starts_at).first()
    if before is None:
        return None
    mine = AgendaItem.objects.visible_to(viewer, "meetings.meeting").filter(meeting=before)
    decisions = list(Decision.objects.filter(item__in=mine).select_related("item__pupil"))
    known = follow_up_of(viewer, decisions)
    counts = [one.outcome for one in known.values()]
    return Earlier(
        before,
        len(decisions),
        counts.count(Outcome.DONE),
        counts.count(Outcome.ONGOING),
        counts.count(Outcome.LATE),
        [one.text for one in known.values() if one.outcome == Outcome.LATE and one.text],
        bool(known),
    )
