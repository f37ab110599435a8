"""Attempts in vain: after so many the routine asks the principal how to go on."""

from __future__ import annotations

from datetime import datetime

from narvaro.programmes import decides_after_no_shows
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.tasks import make_task
from narvaro.web.cases.models import Case, ContactOutcome, TaskKind
from narvaro.web.cases.people import person_for
from narvaro.web.cases.routines import programme_of

IN_VAIN = (ContactOutcome.NOT_REACHED, ContactOutcome.NO_SHOW)


def attempts_in_vain(case: Case) -> int:
    """How many attempts in a row reached nobody, up to the latest that did."""
    count = 0
    for outcome in case.contacts.order_by("-on", "-at", "-pk").values_list("outcome", flat=True):
        if outcome not in IN_VAIN:
            break
        count += 1
    return count


def ask_how_to_go_on(case: Case, *, by: Viewer, at: datetime) -> None:
    """The attempt in vain that makes the routine's number asks who decides how to go on."""
    role = decides_after_no_shows(programme_of(case), attempts_in_vain(case))
    if role is None:
        return
    make_task(
        case.pupil,
        case.school,
        case=case,
        kind=TaskKind.NO_SHOW,
        to=person_for(role, case, by.today),
        due_on=by.today,
        by=by,
        at=at,
    )
