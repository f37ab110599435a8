"""A person answers what the routine asked, and the case goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.beginning import begin_step
from narvaro.web.cases.actions.tasks import answered
from narvaro.web.cases.models import Case, Task


def answer_task(task: Task, answer: str, *, version: int, by: Viewer, at: datetime) -> Task:
    """Answer a task in words. Raises ChangedMeanwhile when somebody else has, Refused without words.

    When nothing else stands open in its case, the step that was decided last begins again: an
    open case waits for somebody, and only a decision closes it (P19).
    """
    if not answer.strip():
        raise Refused(_("Skriv vad som beslutas och varför."))
    with transaction.atomic():
        case = locked_case(task.case)
        kept = locked(Task.objects.all(), task.pk, version=version)
        if kept.done_at is not None:
            raise ChangedMeanwhile("the task was answered by somebody else")
        answered(kept, answer.strip(), by=by, at=at)
        if case is not None:
            _go_on(case, by=by, at=at)
    return kept


def locked_case(case: Case | None) -> Case | None:
    """The case as it stands, before its tasks and steps are: nobody closes it meanwhile."""
    return None if case is None else Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def _go_on(case: Case, *, by: Viewer, at: datetime) -> None:
    if not case.is_open or case.tasks.filter(done_at__isnull=True).exists():
        return
    if case.steps.filter(decided_at__isnull=True).exists():
        return
    last = case.steps.order_by("decided_at", "pk").last()
    if last is not None:
        begin_step(case, last.step, by=by, at=at)
