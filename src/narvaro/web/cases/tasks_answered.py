"""A task answered: the forced move taken up now, or left with a reason. Never undone."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.programmes import Counter, Programme
from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions import answer_task, begin_step, open_case
from narvaro.web.cases.actions.answering import locked_case
from narvaro.web.cases.models import Case, OpenedBecause, Task, TaskKind
from narvaro.web.cases.routines import common_of, programme_of, routine_in_force, step_of
from narvaro.web.cases.rules import named


def counter_of(task: Task, programme: Programme) -> Counter | None:
    """The counter that made a forced move: `about` is its id and the school year."""
    name = task.about.split(" ")[0]
    return next((one for one in programme.counters if one.id == name), None)


def open_case_of(task: Task) -> Case | None:
    """The case of a task, or the pupil's open one."""
    if task.case is not None and task.case.is_open:
        return task.case
    return Case.objects.still_open().filter(pupil=task.pupil).first()


def programme_for(task: Task, day: date, *, at: datetime) -> Programme:
    """The routine that the task's step is taken from."""
    case = open_case_of(task)
    return common_of(routine_in_force(day, at=at)) if case is None else programme_of(case)


def why_forced(task: Task, day: date, *, at: datetime) -> str:
    """`Tredje utfallet under läsåret, 2026/27.`; empty for a task that no counter made."""
    if task.kind != TaskKind.FORCED_MOVE:
        return ""
    counter = counter_of(task, programme_for(task, day, at=at))
    year = task.about.partition(" ")[2]
    return "" if counter is None else f"{named(counter.name)}, {year}."


def take_up(task: Task, answer: str, *, version: int, by: Viewer, at: datetime) -> Case:
    """Begin the step that the counter leads to, in the open case or in one opened now."""
    with transaction.atomic():
        locked_case(open_case_of(task))
        programme = programme_for(task, by.today, at=at)
        counter = counter_of(task, programme)
        if counter is None or step_of(programme, counter.leads_to) is None:
            raise Refused(
                _("Ärendets version av rutinen har inget sådant steg. Flytta ärendet först.")
            )
        case = open_case_of(task)
        kept = answer_task(task, answer, version=version, by=by, at=at)
        if case is None:
            case = open_case(
                task.pupil, because=OpenedBecause.FLAG, step=counter.leads_to, by=by, at=at
            )
            for step in case.steps.all():
                step.forced = counter.id
                step.save()
        else:
            begin_step(case, counter.leads_to, by=by, at=at, forced=counter.id)
        if kept.case_id is None:
            kept.case = case
            kept.save(update_fields=["case"])
    return case
