"""A last day that the calendar has overtaken is set anew: the clock counts school days."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from narvaro.programmes import Programme
from narvaro.timetable import Calendar
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.clocks import due_on
from narvaro.web.cases.models import Case, Decision, Step
from narvaro.web.cases.routines import adapted_by, common_of, programme_of, step_of


def date_anew(step: Step, calendar: Calendar, *, at: datetime) -> bool:
    """Count the last day of an open step again: later where days fell away that were counted.

    A last day that is a school day never comes earlier: it was promised. A day that somebody
    chose stands as it is, and so does a step its version of the routine has not.
    """
    due = counted(step, calendar)
    if due is None or due == step.due_on:
        return False
    with transaction.atomic():
        case = Case.objects.select_for_update(no_key=True).get(pk=step.case_id)
        kept = Step.objects.select_for_update(no_key=True).get(pk=step.pk)
        if not kept.is_open:
            return False
        kept.due_on, kept.version = due, kept.version + 1
        kept.save()
        tell(case, "cases.date_anew", by=None, at=at, more=(f"step:{kept.public_id}",))
    return True


def counted(step: Step, calendar: Calendar) -> date | None:
    """The last day by the routine, of a step whose own cannot stand; None when it can."""
    known = step_of(_begun_with(step), step.step)
    due = None if known is None else due_on(known, step.began_on, calendar)
    if due is None or stands(step.due_on, due, calendar):
        return None
    same = step.case.steps.filter(step=step.step, decision=Decision.CONTINUE)
    if step.due_on is not None and same.filter(watch_until=step.due_on).exists():
        return None
    return due


def stands(due: date | None, now_counted: date, calendar: Calendar) -> bool:
    """Whether a last day can stand beside the one that the calendar gives now."""
    return due is not None and calendar.is_school_day(due) and now_counted <= due


def _begun_with(step: Step) -> Programme:
    """The routine as it was when the step began: moved to a newer one, a case keeps its last days."""
    since = [one for one in step.case.routine_moves.all() if one.at > step.began_at]
    if not since:
        return programme_of(step.case)
    first = min(since, key=lambda one: (one.at, one.pk))
    adaptation = first.from_adaptation
    return common_of(first.from_routine) if adaptation is None else adapted_by(adaptation)
