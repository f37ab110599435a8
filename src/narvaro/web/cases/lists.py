"""Open cases as rows of a list, and as rows of the work queue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from narvaro.timetable import Calendar
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, Cases, Step, Task
from narvaro.web.cases.routines import programme_of
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.cases.words import name_of_step, time_left
from narvaro.web.pupils.pages import name_of

SHOWN = ("alla", "mina", "forsenade", "bevakas")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """An open case: the step that is due first, its owner and its last day; none while watched."""

    public_id: str
    name: str
    school: str
    owner: str
    step: str
    step_owner: str
    due_on: date | None
    left: str
    is_late: bool
    is_watched: bool


def chosen(cases: Cases, viewer: Viewer, shown: str) -> Cases:
    """Those of a choice: mine, with something late, or watched with no step under way."""
    waiting = cases.filter(steps__decided_at__isnull=True)
    if shown == "mina":
        given = cases.filter(steps__owner=viewer.account, steps__decided_at__isnull=True)
        return cases.filter(owner=viewer.account) | cases.filter(pk__in=given.values("pk"))
    if shown == "forsenade":
        late = waiting.filter(steps__due_on__lt=viewer.today, steps__decided_at__isnull=True)
        return cases.filter(pk__in=late.values("pk"))
    if shown == "bevakas":
        return cases.exclude(pk__in=waiting.values("pk"))
    return cases


def case_rows(cases: Iterable[Case], viewer: Viewer) -> list[CaseRow]:
    """The cases as rows, in the order given."""

    @cache
    def calendar(school: int) -> Calendar:
        return calendar_of(schools[school], viewer.now)

    found = list(cases)
    schools = {one.school_id: one.school for one in found}
    return [_row(one, viewer, calendar(one.school_id)) for one in found]


def _row(case: Case, viewer: Viewer, calendar: Calendar) -> CaseRow:
    programme = programme_of(case)
    waiting = [one for one in case.steps.all() if one.is_open]
    first = min(waiting, key=lambda one: one.due_on or date.max, default=None)
    due = _watched_until(case) if first is None else first.due_on
    return CaseRow(
        case.public_id,
        name_of(case.pupil),
        case.school.name,
        case.owner.name,
        "" if first is None else name_of_step(programme, first.step),
        "" if first is None else first.owner.name,
        due,
        time_left(due, viewer.today, calendar),
        due is not None and due < viewer.today,
        first is None,
    )


def _watched_until(case: Case) -> date | None:
    decided = [one for one in case.steps.all() if one.watch_until is not None]
    newest = max(decided, key=_moment, default=None)
    return None if newest is None else newest.watch_until


def _moment(step: Step) -> str:
    return "" if step.decided_at is None else step.decided_at.isoformat()


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task: whom it is about, what is asked, its last day."""

    public_id: str
    name: str
    what: str
    due_on: date | None
    left: str
    is_late: bool


def task_rows(tasks: Iterable[Task], viewer: Viewer) -> list[TaskRow]:
    """The tasks as rows, in the order given."""
    calendars: dict[int, Calendar] = {}
    rows = []
    for one in tasks:
        if one.school_id not in calendars:
            calendars[one.school_id] = calendar_of(one.school, viewer.now)
        rows.append(
            TaskRow(
                one.public_id,
                name_of(one.pupil),
                str(one.get_kind_display()),
                one.due_on,
                time_left(one.due_on, viewer.today, calendars[one.school_id]),
                one.due_on is not None and one.due_on < viewer.today,
            )
        )
    return rows
