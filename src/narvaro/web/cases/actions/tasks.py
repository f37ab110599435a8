"""Tasks for named people: made by the routine or by an action, answered by a person."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import NOBODY, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.cases.models import Case, Task, TaskKind
from narvaro.web.pupils.models import Pupil


def make_task(
    pupil: Pupil,
    school: Unit,
    *,
    kind: TaskKind,
    to: Account,
    at: datetime,
    about: str = "",
    case: Case | None = None,
    due_on: date | None = None,
    by: Viewer | None = None,
    on: date | None = None,
) -> Task:
    """A task for somebody; `by` None when a run made it, which then says the day.

    The same task is made once: one that stands open, or a forced move made before, is returned.
    """
    same = Task.objects.filter(pupil=pupil, kind=kind, about=about)
    known = same.filter(done_at__isnull=True).first() or (
        same.first() if kind == TaskKind.FORCED_MOVE else None
    )
    if known is not None:
        return known
    day = on if by is None else by.today
    if day is None:
        raise ValueError("a run says which day it is")
    with transaction.atomic():
        made = Task.objects.create(
            pupil=pupil,
            school=school,
            case=case,
            kind=kind,
            about=about,
            to=to,
            made_at=at,
            made_on=day,
            due_on=due_on,
        )
        _tell(made, "cases.make_task", by=by, at=at)
    return made


def pass_on(task: Task, to: Account, *, at: datetime) -> None:
    """Give a task to who answers now, when who had it has left; the night's work does."""
    with transaction.atomic():
        kept = Task.objects.select_for_update(no_key=True).get(pk=task.pk)
        if kept.done_at is None and kept.to_id != to.pk:
            kept.to, kept.version = to, kept.version + 1
            kept.save()
            _tell(kept, "cases.give_on", by=None, at=at)


def close_tasks(case: Case, answer: str, *, by: Viewer, at: datetime) -> None:
    """Answer what still stands open in a case that is closed."""
    for task in case.tasks.filter(done_at__isnull=True).select_for_update(no_key=True):
        task.version += 1
        answered(task, answer, by=by, at=at)


def answered(task: Task, answer: str, *, by: Viewer, at: datetime) -> None:
    """Keep an answer to a task that stands open."""
    task.answer, task.done_at, task.done_on, task.done_by = answer, at, by.today, by.account
    task.save()
    _tell(task, "cases.answer_task", by=by, at=at)


def _tell(task: Task, action: str, *, by: Viewer | None, at: datetime) -> None:
    subjects = [f"pupil:{task.pupil.public_id}", f"task:{task.public_id}"]
    if task.case is not None:
        subjects.insert(0, f"case:{task.case.public_id}")
    write_entry(
        NOBODY if by is None else by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects
    )
