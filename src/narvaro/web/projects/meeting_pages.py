"""Frozen values for the pages of a project's meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from narvaro.web.projects.meeting_models import (
    MeetingDecision,
    MeetingSeries,
    ProjectMeeting,
    Turnout,
)
from narvaro.web.projects.models import Event, Project
from narvaro.web.projects.rhythm import Gap, Per, State, Stretch, gaps, stretches
from narvaro.web.ui.sorting import name_key


@dataclass(frozen=True, slots=True)
class StretchRow:
    """A half-year of a series: what was asked and held, and of a short one what else happened."""

    name: str
    stretch: Stretch
    state: str
    kind: str
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation through a series: how many of the meetings it was invited to it came to."""

    name: str
    invited: int
    present: int
    last_seen: date | None
    missed_since: int


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """A series: its rhythm and whether it was kept, who came, and its meetings."""

    series: MeetingSeries
    often: str
    rows: Sequence[StretchRow]
    gaps: Sequence[Gap]
    organisations: Sequence[Organisation]
    to_come: Sequence[ProjectMeeting]
    held: Sequence[ProjectMeeting]
    cancelled: Sequence[ProjectMeeting]

    @property
    def has_rhythm(self) -> bool:
        """Something is asked for; what is called when needed is only counted."""
        return bool(self.rows) and self.series.per != Per.CALLED


def often(series: MeetingSeries) -> str:
    """The planned rhythm in words."""
    if series.per == Per.WEEKS:
        if series.number == 1:
            return _("varje vecka")
        if series.number == 2:
            return _("varannan vecka")
        return _("var %(n)d:e vecka") % {"n": series.number}
    words = {
        Per.HALF_YEAR: _("%(n)d per halvår"),
        Per.TERM: _("%(n)d per termin"),
        Per.ONCE: _("en gång"),
        Per.CALLED: _("när det kallas"),
    }[Per(series.per)]
    return words % {"n": series.number} if "%" in words else words


def series_pages(project: Project, today: date, *, is_told: bool = True) -> list[SeriesPage]:
    """Every series of a project, as known on the day; `is_told`: with what else happened."""
    linked = project.meeting_series.prefetch_related("meetings__turnouts__authority")
    told = project.events.filter(on__lte=today).select_related("school")
    events = list(told) if is_told else []
    return [_page(one, events, today) for one in linked]


def _page(series: MeetingSeries, events: Sequence[Event], today: date) -> SeriesPage:
    meetings = list(series.meetings.all())
    held = [one for one in meetings if one.is_held and one.on <= today]
    days, until = [one.on for one in held], min(today, series.to_on or today)
    parts = stretches(series.rhythm, days, from_on=series.from_on, to_on=series.to_on, today=today)
    return SeriesPage(
        series,
        often(series),
        [_row(series, one, events, today) for one in reversed(parts)],
        gaps(series.rhythm, days, until=until),
        organisations(held),
        [one for one in reversed(meetings) if not one.is_held and not one.cancelled_because],
        held,
        [one for one in meetings if one.cancelled_because],
    )


def _row(
    series: MeetingSeries, stretch: Stretch, events: Sequence[Event], today: date
) -> StretchRow:
    words = {
        State.KEPT: (_("Rytmen hölls"), "done"),
        State.SHORT: (_("Färre än planerat"), "unknown"),
        State.GOING_ON: (_("Pågår"), ""),
        State.NOT_ASKED: (_("Ingen rytm är planerad"), ""),
    }
    state, kind = words[stretch.state]
    if stretch.state == State.KEPT and today <= stretch.to_on and series.per != Per.ONCE:
        state = _("Rytmen hålls")
    is_short = stretch.state == State.SHORT
    inside = [one for one in events if is_short and stretch.from_on <= one.on <= stretch.to_on]
    return StretchRow(_name(series, stretch), stretch, state, kind, inside)


def _name(series: MeetingSeries, stretch: Stretch) -> str:
    if series.per == Per.ONCE:
        return _("Hela tiden")
    words = {
        True: _("ht %(year)d") if series.per == Per.TERM else _("andra halvåret %(year)d"),
        False: _("vt %(year)d") if series.per == Per.TERM else _("första halvåret %(year)d"),
    }
    return words[stretch.from_on.month > 6] % {"year": stretch.from_on.year}


def organisations(held: Iterable[ProjectMeeting]) -> list[Organisation]:
    """Every organisation that was invited, by name: where it came, and since when it has not."""
    told: dict[str, list[tuple[date, bool]]] = {}
    for meeting in sorted(held, key=lambda one: (one.on, one.pk)):
        came = _came(meeting.turnouts.all())
        for name, was_there in came.items():
            told.setdefault(name, []).append((meeting.on, was_there))
    rows = [_organisation(name, seen) for name, seen in told.items()]
    return sorted(rows, key=lambda one: name_key(one.name))


def _came(turnouts: Iterable[Turnout]) -> dict[str, bool]:
    """The organisations invited to a meeting, and whether anybody of each came."""
    found: dict[str, bool] = {}
    for one in turnouts:
        if one.invited or one.present:
            found[one.organisation] = found.get(one.organisation, False) or bool(one.present)
    return found


def _organisation(name: str, seen: Sequence[tuple[date, bool]]) -> Organisation:
    there = [on for on, was_there in seen if was_there]
    missed = 0
    for _on, was_there in reversed(seen):
        if was_there:
            break
        missed += 1
    return Organisation(name, len(seen), len(there), there[-1] if there else None, missed)


def open_decisions(project: Project) -> list[MeetingDecision]:
    """What the project's meetings decided and is not done, the first due first."""
    found = MeetingDecision.objects.filter(meeting__series__project=project, done_on=None)
    return list(found.select_related("owner", "meeting__series").order_by("due_on", "pk"))
