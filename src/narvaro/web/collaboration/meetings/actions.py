"""Writes of a meeting of authorities, in the order they come: present, minutes, held, locked, done.

Locked in the order of docs/decisions/0028: case, call, meeting, what belongs to it, the log last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.timetable import local_day
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions import add_evidence
from narvaro.web.cases.models import Case, EvidenceKind
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.rules import missing
from narvaro.web.collaboration.actions.making import Wanted, WantedTime, WantedUnit, make
from narvaro.web.collaboration.actions.telling import tell
from narvaro.web.collaboration.deviations.drafting import draft_of_meeting
from narvaro.web.collaboration.models import (
    Called,
    CallKind,
    CrossMeeting,
    Decision,
    Minutes,
    Presence,
    Present,
)
from narvaro.web.collaboration.words import names_of


@dataclass(frozen=True, slots=True)
class Came:
    """Of a unit that was called: whether it came, who, and whether in somebody's place."""

    unit: Unit
    presence: Presence
    person: str = ""
    is_substitute: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The words of the minutes; the first two are the pupil's and the guardians' own."""

    pupil_words: str
    home_words: str
    talked_of: str


def units_called(meeting: CrossMeeting) -> list[Called]:
    """Those that still take part, in the order they were called."""
    rows = meeting.call.called.filter(stopped_at=None).select_related("unit__authority", "contact")
    return list(rows)


def note_present(*, meeting: CrossMeeting, came: Iterable[Came], by: Viewer, at: datetime) -> None:
    """Note who came; said again it replaces what was noted. Raises Refused once locked or too early."""
    with transaction.atomic():
        kept = _unlocked(meeting)
        if local_day(at) < kept.day:
            raise Refused(_("Mötet har inte varit än."))
        kept.present.all().delete()
        Present.objects.bulk_create(
            Present(
                meeting=kept,
                unit=one.unit,
                presence=one.presence,
                person=one.person if one.presence == Presence.YES else "",
                is_substitute=one.is_substitute and one.presence == Presence.YES,
                noted_by=by.account,
                noted_at=at,
            )
            for one in came
        )
        if kept.held_at is not None:
            draft_of_meeting(kept, by=by, at=at)
        _tell(by, "joint_meetings.note_present", kept, at)


def write(*, meeting: CrossMeeting, said: Written, version: int, by: Viewer, at: datetime) -> None:
    """Keep the words; `version` 0 is the first time. Raises ChangedMeanwhile, Refused once locked."""
    with transaction.atomic():
        kept = _unlocked(meeting)
        minutes = _written(kept, version)
        minutes.pupil_words, minutes.home_words = said.pupil_words, said.home_words
        minutes.talked_of, minutes.changed_at = said.talked_of, at
        minutes.changed_by = by.account
        minutes.save()
        _tell(by, "joint_meetings.write", kept, at)


def decide(
    *, meeting: CrossMeeting, words: str, owner: Unit, due_on: date, by: Viewer, at: datetime
) -> Decision:
    """Keep what a unit is to do, and by when. Raises Refused once locked, or for a day that was."""
    with transaction.atomic():
        kept = _unlocked(meeting)
        if due_on < kept.day:
            raise Refused(_("Dagen ligger före mötet."))
        made = Decision.objects.create(
            meeting=kept, words=words, owner_unit=owner, due_on=due_on, made_by=by.account, made_at=at
        )  # fmt: skip
        _tell(by, "joint_meetings.decide", kept, at, f"decision:{made.public_id}")
    return made


def take_back(*, decision: Decision, version: int, by: Viewer, at: datetime) -> None:
    """Take a decision away before the minutes are locked. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        kept = _unlocked(decision.meeting)
        row = locked(Decision.objects.filter(meeting=kept), decision.pk, version=version)
        row.delete()
        _tell(by, "joint_meetings.take_back", kept, at, f"decision:{decision.public_id}")


def hold(
    *, meeting: CrossMeeting, follow_up_on: date, version: int, by: Viewer, at: datetime
) -> None:
    """The meeting was held. The follow-up stands as a draft to send, deviations as drafts to sign.

    Raises Refused before its day, before who came is noted, or without a later day for the
    follow-up; ChangedMeanwhile for the second of two.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update(no_key=True).get(pk=meeting.call.case_id)
        kept = locked(
            CrossMeeting.objects.select_related("call__pupil"), meeting.pk, version=version
        )
        _may_be_held(kept, follow_up_on, at)
        kept.held_at, kept.held_by, kept.follow_up_on = at, by.account, follow_up_on
        kept.save()
        _show(case, kept, by=by, at=at)
        draft_of_meeting(kept, by=by, at=at)
        if case.is_open:
            _follow_up(kept, case, follow_up_on, by=by, at=at)
        _tell(by, "joint_meetings.hold", kept, at)


def lock(*, meeting: CrossMeeting, version: int, by: Viewer, at: datetime) -> None:
    """Lock the minutes: nothing of them is changed from now on. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        kept = _unlocked(meeting)
        if kept.held_at is None:
            raise Refused(_("Mötet är inte avslutat än."))
        minutes = _written(kept, version)
        if not minutes.talked_of:
            raise Refused(_("Skriv först vad mötet kom fram till."))
        minutes.locked_at, minutes.locked_by = at, by.account
        minutes.save()
        _tell(by, "joint_meetings.lock", kept, at)


def mark_done(*, decision: Decision, version: int, by: Viewer, at: datetime) -> None:
    """What was decided is done, by the unit that was to do it. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        row = locked(
            Decision.objects.select_related("meeting__call__pupil"), decision.pk, version=version
        )
        if row.done_at is not None:
            raise Refused(_("Det är redan markerat som gjort."))
        row.done_at, row.done_by = at, by.account
        # Only these: a sealed text written again is another one to the lock
        row.save(update_fields=["done_at", "done_by", "version"])
        _tell(by, "joint_meetings.done", row.meeting, at, f"decision:{row.public_id}")


def _may_be_held(meeting: CrossMeeting, follow_up_on: date, at: datetime) -> None:
    if not meeting.is_open:
        raise Refused(_("Mötet är redan avslutat eller inställt."))
    if local_day(at) < meeting.day:
        raise Refused(_("Mötet har inte varit än."))
    noted = set(meeting.present.values_list("unit", flat=True))
    if any(one.unit_id not in noted for one in units_called(meeting)):
        raise Refused(_("Anteckna först vilka som kom."))
    if follow_up_on <= meeting.day:
        raise Refused(_("Uppföljningen ska vara efter mötet."))


def _show(case: Case, meeting: CrossMeeting, *, by: Viewer, at: datetime) -> None:
    """A held meeting is evidence of the open step that asks for one across authorities.

    Of two such steps only the one of its kind: a follow-up is none of the first meeting.
    """
    stage = "follow_up" if meeting.call.kind == CallKind.FOLLOW_UP else "collaboration"
    programme = programme_of(case)
    for step in case.steps.filter(decided_at__isnull=True).prefetch_related("evidence"):
        known = step_of(programme, step.step)
        if known is None or known.stage != stage:
            continue
        if any(one.kind == "meeting" for one in missing(step, known)):
            add_evidence(
                step, kind=EvidenceKind.MEETING, item=meeting.public_id, by=by, at=at, is_done=True
            )


def _follow_up(meeting: CrossMeeting, case: Case, on: date, *, by: Viewer, at: datetime) -> None:
    """A draft of the call to the follow-up: the same units and question, at the same hour."""
    call, local = meeting.call, meeting.starts_at.astimezone(STOCKHOLM)
    starts_at = datetime.combine(on, local.time(), STOCKHOLM)
    wanted = Wanted(
        kind=CallKind.FOLLOW_UP,
        local_name=names_of(programme_of(case))[CallKind.FOLLOW_UP],
        reason=call.reason,
        question=call.question,
        units=tuple(WantedUnit(one.unit, one.mail, one.must_come) for one in units_called(meeting)),
        times=(WantedTime(starts_at, meeting.minutes, meeting.place_kind, meeting.place),),
        days=call.days,
    )
    make(case=case, wanted=wanted, by=by, at=at, follows=meeting)


def _unlocked(meeting: CrossMeeting) -> CrossMeeting:
    """The meeting, locked in the database, its minutes not yet. Raises Refused."""
    rows = CrossMeeting.objects.select_related("call__pupil", "call__case")
    kept = rows.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)
    if kept.cancelled_at is not None:
        raise Refused(_("Mötet är inställt."))
    if Minutes.objects.filter(meeting=kept).exclude(locked_at=None).exists():
        raise Refused(_("Anteckningarna är låsta."))
    return kept


def _written(meeting: CrossMeeting, version: int) -> Minutes:
    there = Minutes.objects.filter(meeting=meeting).first()
    if there is not None:
        return locked(Minutes.objects.all(), there.pk, version=version)
    if version:
        raise ChangedMeanwhile("the minutes are gone")
    return Minutes(meeting=meeting)


def _tell(by: Viewer, action: str, meeting: CrossMeeting, at: datetime, *more: str) -> None:
    tell(by, action, meeting.call, at, f"cross-meeting:{meeting.public_id}", *more)
