"""Counts of calls, meetings and follow-ups for the annual report: by half-year and by agency.

In the project these counters answer, five meetings and five follow-ups in all were seen only when
it was over. Counted from rows by plain loops: a school authority calls to tens of meetings a year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median_low

from narvaro.web.accounts.clock import end_of
from narvaro.web.accounts.models import Authority
from narvaro.web.collaboration.models import (
    Call,
    CallKind,
    CrossMeeting,
    Deviation,
    Presence,
    Present,
    What,
)
from narvaro.web.ui.sorting import name_key

Half = tuple[int, int]
"""A year and its half: 1 is January to June, 2 is July to December."""


def half_of(day: date) -> Half:
    """The half-year that holds a day."""
    return (day.year, 1 if day.month < 7 else 2)


@dataclass(slots=True)
class Counted:
    """Of one half-year. A call counts in the half it was made in, a meeting in that it was held in.

    `in_time` are the meetings, follow-ups too, that were held within the days of their call;
    `waited` the calendar days from call to meeting, one for each meeting held.
    """

    calls: int = 0
    meetings: int = 0
    follow_ups: int = 0
    in_time: int = 0
    waited: list[int] = field(default_factory=list)
    deviations: int = 0

    @property
    def held(self) -> int:
        """Meetings and follow-ups."""
        return self.meetings + self.follow_ups

    @property
    def usual_wait(self) -> int | None:
        """The middle one of the days waited; None when no meeting was held."""
        return median_low(self.waited) if self.waited else None


@dataclass(frozen=True, slots=True)
class OfUnit:
    """A unit of another authority: how often it was called, came, said no, stayed away, was silent."""

    name: str
    called: int
    came: int
    said_no: int
    stayed_away: int
    silent: int
    signed: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything of a school authority, until a day."""

    halves: dict[Half, Counted]
    units: Sequence[OfUnit]


def counts_of(authority: Authority, today: date) -> Counts:
    """Count what an authority's schools have called to, as known at the end of the day."""
    until = end_of(today)
    calls = Call.objects.sent().filter(case__authority=authority, called_on__lte=today)
    meetings = CrossMeeting.objects.held().filter(call__case__authority=authority)
    deviations = Deviation.objects.filter(call__case__authority=authority, made_at__lte=until)
    halves: dict[Half, Counted] = {}
    for day in calls.values_list("called_on", flat=True):
        if day is not None:
            halves.setdefault(half_of(day), Counted()).calls += 1
    for meeting in meetings.filter(held_at__lte=until).select_related("call"):
        _add(halves.setdefault(half_of(meeting.day), Counted()), meeting)
    for made_on in deviations.exclude(signed_at=None).values_list("made_on", flat=True):
        halves.setdefault(half_of(made_on), Counted()).deviations += 1
    return Counts(halves, _units(calls, deviations, until))


def _add(counted: Counted, meeting: CrossMeeting) -> None:
    call = meeting.call
    if call.kind == CallKind.FOLLOW_UP:
        counted.follow_ups += 1
    else:
        counted.meetings += 1
    if call.called_on is not None and call.last_day is not None:
        counted.waited.append((meeting.day - call.called_on).days)
        counted.in_time += meeting.day <= call.last_day


def _units(calls: Iterable[Call], deviations: Iterable[Deviation], until: datetime) -> list[OfUnit]:
    """By unit of another authority, by name."""
    called: Counter[int] = Counter()
    names: dict[int, str] = {}
    for call in Call.objects.filter(pk__in=[one.pk for one in calls]).prefetch_related(
        "called__unit"
    ):
        for one in call.called.all():
            called[one.unit_id] += 1
            names[one.unit_id] = one.unit.name
    present: Counter[tuple[int, str]] = Counter(
        Present.objects.filter(
            meeting__call__in=[one.pk for one in calls], noted_at__lte=until
        ).values_list("unit", "presence")
    )
    silent = Counter(one.unit_id for one in deviations if one.what == What.NO_ANSWER)
    signed = Counter(one.unit_id for one in deviations if one.signed_at is not None)
    rows = [
        OfUnit(
            name,
            called[unit],
            present[unit, Presence.YES],
            present[unit, Presence.NO],
            present[unit, Presence.NO_SHOW],
            silent[unit],
            signed[unit],
        )
        for unit, name in names.items()
    ]
    return sorted(rows, key=lambda one: name_key(one.name))
