"""Writes while a meeting runs: the analysis, its protected part, the decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.meetings.actions.telling import tell_of_item
from narvaro.web.meetings.models import (
    AgendaItem,
    Analysis,
    Decision,
    Meeting,
    Minutes,
    ProtectedPart,
)
from narvaro.web.meetings.registry import TAKERS


@dataclass(frozen=True, slots=True)
class Thought:
    """What the meeting thinks of a pupil."""

    in_school: str
    at_home: str
    works: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided: the word and what it is called, why, and whose turn it is."""

    word: str
    label: str
    reason: str
    next_owner: Account


def analyse(
    *, item: AgendaItem, thought: Thought, version: int, by: Viewer, at: datetime
) -> Analysis:
    """Keep what is thought; `version` 0 is the first. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        _unlocked(item)
        kept = _analysis(item, version)
        kept.in_school, kept.at_home, kept.works = thought.in_school, thought.at_home, thought.works
        kept.changed_by, kept.changed_at = by.account, at
        kept.save()
        tell_of_item(by, "meetings.analyse", item, at)
    return kept


def write_protected_part(
    *, item: AgendaItem, text: str, version: int, by: Viewer, at: datetime
) -> None:
    """Keep what only some professions read; `version` 0 is the first. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        _unlocked(item)
        kept = _protected(item, version)
        kept.text, kept.written_by, kept.written_at = text, by.account, at
        kept.written_as = str(by.role)
        kept.save()
        tell_of_item(by, "meetings.protect", item, at)


def open_protected_part(*, item: AgendaItem, reason: str, by: Viewer, at: datetime) -> None:
    """Tell the log that a leader opens the protected part, and the code of the reason given."""
    about = [f"item:{item.public_id}"]
    if item.pupil is not None:
        about.append(f"pupil:{item.pupil.public_id}")
    write_entry(
        by.actor,
        "meetings.open_protected",
        kind=Kind.READ,
        at=at,
        subjects=about,
        reason=reason,
    )


def decide(*, item: AgendaItem, decided: Decided, by: Viewer, at: datetime) -> Decision:
    """Decide on an item; who offered it takes the decision in the same transaction.

    Raises ChangedMeanwhile when somebody else decided, `registry.NotTaken` when the source has
    moved on: then nothing is saved. Raises Refused for a struck item or a meeting that is over.
    """
    with transaction.atomic():
        _unlocked(item)
        kept = (
            AgendaItem.objects.select_for_update(no_key=True)
            .select_related("meeting")
            .get(pk=item.pk)
        )
        if kept.struck_at is not None:
            raise Refused(_("Punkten är struken."))
        if hasattr(kept, "decision"):
            raise ChangedMeanwhile("somebody else decided on the item")
        made: Decision = Decision.objects.create(
            item=kept,
            word=decided.word,
            label=decided.label,
            reason=decided.reason,
            next_owner=decided.next_owner,
            decided_by=by.account,
            decided_at=at,
        )
        for taker in TAKERS:
            taker(by, made)
        tell_of_item(by, "meetings.decide", kept, at)  # last: who has the log waits for nobody
    return made


def _unlocked(item: AgendaItem) -> None:
    """The item's meeting is neither cancelled nor held; in order: the meeting is locked first."""
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=item.meeting_id)
    if not meeting.is_open:
        raise Refused(_("Mötet är redan avslutat eller inställt."))
    if Minutes.objects.filter(meeting=meeting).exclude(approved_at=None).exists():
        raise Refused(_("Protokollet är justerat."))


def _analysis(item: AgendaItem, version: int) -> Analysis:
    there = Analysis.objects.filter(item=item).first()
    if there is not None:
        return locked(Analysis.objects.all(), there.pk, version=version)
    if version:
        raise ChangedMeanwhile("the analysis is gone")
    return Analysis(item=item)


def _protected(item: AgendaItem, version: int) -> ProtectedPart:
    there = ProtectedPart.objects.filter(item=item).first()
    if there is not None:
        return locked(ProtectedPart.objects.all(), there.pk, version=version)
    if version:
        raise ChangedMeanwhile("the protected part is gone")
    return ProtectedPart(item=item)
