"""A last day that the calendar has overtaken is set anew: the clock counts school days."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from narvaro.timetable import Calendar
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.clocks import due_on
from narvaro.web.cases.models import Case, Decision, Step
from narvaro.web.cases.routines import programme_of, step_of


def date_anew(step: Step, calendar: Calendar, *, at: datetime) -> bool:
    """Count the last day of an open step again, when it has none or it is no school day any more.

    A day that somebody chose stands as it is, and so does a step this version no longer has.
    """
    due = counted(step, calendar)
    if due is None or due == step.due_on:
        return False
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=step.case_id)
        kept = Step.objects.select_for_update().get(pk=step.pk)
        if not kept.is_open:
            return False
        kept.due_on, kept.version = due, kept.version + 1
        kept.save()
        tell(case, "cases.date_anew", by=None, at=at, more=(f"step:{kept.public_id}",))
    return True


def counted(step: Step, calendar: Calendar) -> date | None:
    """The last day by the routine, of a step whose own cannot stand; None when it can."""
    if step.due_on is not None and calendar.is_school_day(step.due_on):
        return None
    same = step.case.steps.filter(step=step.step, decision=Decision.CONTINUE)
    if step.due_on is not None and same.filter(watch_until=step.due_on).exists():
        return None
    known = step_of(programme_of(step.case), step.step)
    return None if known is None else due_on(known, step.began_on, calendar)
