"""Writes to agendas: gathered from those who offer, added by hand, moved, struck, carried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.actions.telling import tell, tell_of_item
from narvaro.web.meetings.models import AgendaItem, Meeting
from narvaro.web.meetings.registry import Offered, offered_for
from narvaro.web.pupils.models import Pupil

COPIED = (
    *("pupil", "source_key", "title", "why", "figure", "figure_on", "tried", "learnt"),
    *("to_decide", "minutes", "choices", "added_by"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody writes of an item added by hand."""

    why: str = ""
    to_decide: str = ""
    minutes: int = 10


def gather(*, meeting: Meeting, by: Viewer, at: datetime) -> int:
    """Put on the agenda what apps offer, and bring what stands there up to date. Returns how many new.

    What was struck or decided is left alone; the order is kept, new items come last.
    """
    with transaction.atomic():
        held = _open(meeting)
        offered = offered_for(by, held)
        there = {one.source_key: one for one in held.items.exclude(source_key="")}
        new = [one for one in offered if one.source_key not in there]
        for one in offered:
            if one.source_key in there:
                _refresh(there[one.source_key], one)
        first = _next_number(held)
        for number, one in enumerate(new, first):
            AgendaItem.objects.create(
                meeting=held, number=number, added_by=by.account, **_fields(one)
            )
        if new:
            about = sorted({f"pupil:{one.pupil.public_id}" for one in new})
            tell(by, "meetings.gather", held, at, *about)
    return len(new)


def add_general(*, meeting: Meeting, title: str, minutes: int, by: Viewer, at: datetime) -> None:
    """Put a general item, without a pupil, last on the agenda."""
    with transaction.atomic():
        held = _open(meeting)
        item = AgendaItem.objects.create(
            meeting=held,
            number=_next_number(held),
            title=title,
            minutes=minutes,
            added_by=by.account,
        )
        tell_of_item(by, "meetings.add_item", item, at)


def add_pupil(*, meeting: Meeting, pupil: Pupil, said: Said, by: Viewer, at: datetime) -> None:
    """Put a pupil on the agenda by hand. Raises Refused when the pupil stands there already."""
    with transaction.atomic():
        held = _open(meeting)
        if held.items.on_the_agenda().filter(pupil=pupil).exists():
            raise Refused(_("Eleven står redan på dagordningen."))
        item = AgendaItem.objects.create(
            meeting=held,
            number=_next_number(held),
            pupil=pupil,
            added_by=by.account,
            **asdict(said),
        )
        tell_of_item(by, "meetings.add_item", item, at)


def move(
    *,
    item: AgendaItem,
    among: Sequence[AgendaItem],
    steps: int,
    version: int,
    by: Viewer,
    at: datetime,
) -> None:
    """Move an item up (−1) or down (1) among the items that the mover sees.

    The numbers of those items are dealt out anew among them: an item that is hidden from the
    mover keeps its place. Raises ChangedMeanwhile.
    """
    with transaction.atomic():
        meeting = _open(item.meeting, version=version)
        order = [one.pk for one in among]
        place = order.index(item.pk)
        goal = min(max(place + steps, 0), len(order) - 1)
        order.insert(goal, order.pop(place))
        numbers = sorted(one.number for one in among)
        for pk, number in zip(order, numbers, strict=True):
            AgendaItem.objects.filter(pk=pk).update(number=number)
        meeting.save(update_fields=["version"])
        tell_of_item(by, "meetings.move", item, at)


def strike(*, item: AgendaItem, reason: str, version: int, by: Viewer, at: datetime) -> None:
    """Take an item off the agenda, with a reason. Raises ChangedMeanwhile, Refused."""
    with transaction.atomic():
        meeting = _open(item.meeting, version=version)
        kept = AgendaItem.objects.select_for_update(no_key=True).get(pk=item.pk)
        if kept.struck_at is not None or hasattr(kept, "decision"):
            raise Refused(_("Punkten är redan struken eller avgjord."))
        kept.struck_at, kept.struck_by, kept.struck_reason = at, by.account, reason
        kept.save(update_fields=["struck_at", "struck_by", "struck_reason"])
        meeting.save(update_fields=["version"])
        tell_of_item(by, "meetings.strike", kept, at)


def carry(series_id: int, *, by: Viewer, at: datetime) -> int:
    """Let what no meeting reached stand on the series' next meeting. Returns how many.

    Called when a meeting is held, cancelled or planned: what waits is never lost, whichever
    comes first.
    """
    to_come = Meeting.objects.to_come().filter(series=series_id)
    coming = to_come.select_for_update(no_key=True).first()
    if coming is None:
        return 0
    over = Meeting.objects.filter(series=series_id).exclude(held_at=None, cancelled_at=None)
    waiting = AgendaItem.objects.undecided().filter(meeting__in=over, carried_to=None)
    count = 0
    for item in waiting.order_by("meeting__starts_at", "number", "pk"):
        _carry_one(item, coming)
        tell_of_item(by, "meetings.carry", item, at)
        count += 1
    return count


def _carry_one(item: AgendaItem, coming: Meeting) -> None:
    """To the next agenda, before what was offered anew; joined with what its source put there."""
    there = coming.items.filter(carried_from=None)
    same = there.exclude(source_key="").filter(source_key=item.source_key).first()
    if same is not None:
        same.carried_from = item
        same.save(update_fields=["carried_from"])
        return
    copied: dict[str, Any] = {name: getattr(item, name) for name in COPIED}
    AgendaItem.objects.create(
        meeting=coming, number=_next_number(coming), carried_from=item, **copied
    )


def _open(meeting: Meeting, *, version: int | None = None) -> Meeting:
    """The meeting, locked; it must not have been held or cancelled."""
    if version is None:
        held = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    else:
        held = locked(Meeting.objects.all(), meeting.pk, version=version)
    if not held.is_open:
        raise Refused(_("Mötet är redan avslutat eller inställt."))
    return held


def _next_number(meeting: Meeting) -> int:
    return int(meeting.items.aggregate(Max("number"))["number__max"] or 0) + 1


def _fields(one: Offered) -> dict[str, Any]:
    return {
        "pupil": one.pupil,
        "source_key": one.source_key,
        "why": one.why,
        "figure": one.figure,
        "figure_on": one.figure_on,
        "tried": one.tried,
        "learnt": one.learnt,
        "to_decide": one.to_decide,
        "minutes": one.minutes,
        "choices": [asdict(choice) for choice in one.choices],
    }


def _refresh(item: AgendaItem, one: Offered) -> None:
    if item.struck_at is not None or hasattr(item, "decision"):
        return
    for name, value in _fields(one).items():
        setattr(item, name, value)
    item.save()
