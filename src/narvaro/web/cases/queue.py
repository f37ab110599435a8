"""The viewer's own steps and tasks, and own cases that wait for somebody else, in the work queue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.timetable import Calendar
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.links import case_url
from narvaro.web.cases.models import Case, Decision, Step, Task, TaskKind
from narvaro.web.cases.routines import programme_of
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.cases.tasks import tasks_of, waiting
from narvaro.web.cases.tasks_answered import why_forced
from narvaro.web.cases.unseen import unseen_rows
from narvaro.web.cases.words import name_of_step, time_left
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.registry import QueueGroup, QueueRow

APART = 5
"""Moves that the routine forces are a row each up to so many, then one row together."""
NEW_DAYS = 1
"""A step or a task is new the day it came and the day after."""


def queue(viewer: Viewer) -> Iterable[QueueRow]:
    """One row a step or task of one's own; one a case of one's own whose step is another's."""
    action = "cases.case" if viewer.may("cases.case") else "cases.lifted"
    if not viewer.may(action):
        return
    cases = Case.objects.visible_to(viewer, action).still_open()
    calendars: dict[int, Calendar] = {}
    steps = Step.objects.filter(case__in=cases, decided_at__isnull=True).select_related(
        "owner", "case__pupil", "case__school", "case__routine"
    )
    mine = list(steps.filter(owner=viewer.account))
    lifted = _lifted_by(mine)
    for step in mine:
        by = lifted.get((step.case_id, step.step), "")
        yield _mine(step, viewer, _calendar(step.case, viewer, calendars), lifted_by=by)
    for step in steps.filter(case__owner=viewer.account).exclude(owner=viewer.account):
        yield _others(step, viewer, _calendar(step.case, viewer, calendars))
    yield from _tasks(viewer, calendars)
    yield from unseen_rows(viewer)


def _lifted_by(steps: Iterable[Step]) -> dict[tuple[int, str], str]:
    """Who lifted each step of some cases, of those that stand where they were lifted to."""
    before = Step.objects.filter(
        case__in={one.case_id for one in steps}, decided_at__isnull=False
    ).select_related("decided_by")
    found = {(one.case_id, one.step): one for one in before.order_by("began_at", "pk")}
    return {
        where: one.decided_by.name
        for where, one in found.items()
        if one.decision == Decision.ESCALATE and one.decided_by is not None
    }


def _mine(step: Step, viewer: Viewer, calendar: Calendar, *, lifted_by: str) -> QueueRow:
    name = name_of_step(programme_of(step.case), step.step)
    return QueueRow(
        f"cases.step.{step.public_id}",
        _group(step.due_on, step.began_on, viewer),
        f"{name_of(step.case.pupil)} · {name.lower()}",
        _why(step, lifted_by),
        _("Öppna ärendet"),
        case_url(step.case, viewer),
        step.due_on,
        time_left(step.due_on, viewer.today, calendar),
    )


def _why(step: Step, lifted_by: str) -> str:
    if step.forced:
        return _("Lyft till dig av rutinen.")
    return _("Lyft till dig av %(who)s.") % {"who": lifted_by} if lifted_by else ""


def _others(step: Step, viewer: Viewer, calendar: Calendar) -> QueueRow:
    name = name_of_step(programme_of(step.case), step.step)
    return QueueRow(
        f"cases.waiting.{step.public_id}",
        QueueGroup.WAITING,
        f"{name_of(step.case.pupil)} · {name.lower()}",
        _("Hos %(who)s.") % {"who": step.owner.name},
        _("Se läget"),
        case_url(step.case, viewer),
        step.due_on,
        time_left(step.due_on, viewer.today, calendar),
    )


def _tasks(viewer: Viewer, calendars: dict[int, Calendar]) -> Iterator[QueueRow]:
    mine = waiting(tasks_of(viewer, "cases.task"), viewer.today)
    tasks = list(mine.filter(to=viewer.account).select_related("pupil", "school", "case"))
    forced: dict[QueueGroup, list[Task]] = {}
    for task in tasks:
        if task.school_id not in calendars:
            calendars[task.school_id] = calendar_of(task.school, viewer.now)
        if task.kind == TaskKind.FORCED_MOVE:
            forced.setdefault(_group(task.due_on, task.made_on, viewer), []).append(task)
        else:
            yield _task(task, viewer, calendars[task.school_id])
    for group, some in forced.items():
        if len(some) > APART:
            yield _together(group, some, viewer, calendars)
        else:
            yield from (_task(one, viewer, calendars[one.school_id]) for one in some)


def _task(task: Task, viewer: Viewer, calendar: Calendar) -> QueueRow:
    verb = _("Ta upp") if task.kind == TaskKind.FORCED_MOVE else _("Svara")
    return QueueRow(
        f"cases.task.{task.public_id}",
        _group(task.due_on, task.made_on, viewer),
        f"{name_of(task.pupil)} · {task.get_kind_display()}",
        why_forced(task, viewer.today, at=viewer.now),
        verb,
        reverse("case_task", args=[task.public_id]),
        task.due_on,
        time_left(task.due_on, viewer.today, calendar),
    )


def _together(
    group: QueueGroup, some: list[Task], viewer: Viewer, calendars: dict[int, Calendar]
) -> QueueRow:
    """Many moves that the routine forces are one row: student health meets about them."""
    first = min(some, key=lambda one: one.due_on or date.max)
    return QueueRow(
        f"cases.forced.{group}",
        group,
        _("%(n)s elever · rutinen för ärendet vidare") % {"n": len(some)},
        _("Ta upp dem en och en, eller tillsammans på nästa elevhälsomöte."),
        _("Gå igenom"),
        reverse("case_tasks"),
        first.due_on,
        time_left(first.due_on, viewer.today, calendars[first.school_id]),
    )


def _group(due_on: date | None, since: date, viewer: Viewer) -> QueueGroup:
    if due_on is not None and due_on < viewer.today:
        return QueueGroup.LATE
    if viewer.today - since <= timedelta(days=NEW_DAYS):
        return QueueGroup.NEW
    week_ends = viewer.today + timedelta(days=6 - viewer.today.weekday())
    if due_on is not None and due_on <= week_ends:
        return QueueGroup.THIS_WEEK
    return QueueGroup.LATER


def _calendar(case: Case, viewer: Viewer, calendars: dict[int, Calendar]) -> Calendar:
    if case.school_id not in calendars:
        calendars[case.school_id] = calendar_of(case.school, viewer.now)
    return calendars[case.school_id]
