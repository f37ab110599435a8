"""Attempts in vain: after so many the routine asks the principal how to go on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from narvaro.programmes import decides_after_no_shows
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions import add_contact, make_task
from narvaro.web.cases.models import Case, Contact, ContactOutcome, ContactWay, TaskKind
from narvaro.web.cases.people import person_for
from narvaro.web.cases.routines import programme_of
from narvaro.web.pupils.models import Guardian

IN_VAIN = (ContactOutcome.NOT_REACHED, ContactOutcome.NO_SHOW)


def attempts_in_vain(case: Case) -> int:
    """How many attempts in a row reached nobody, up to the latest that did."""
    count = 0
    for outcome in case.contacts.order_by("-on", "-at", "-pk").values_list("outcome", flat=True):
        if outcome not in IN_VAIN:
            break
        count += 1
    return count


def after_contact(
    case: Case,
    *,
    on: date,
    way: ContactWay,
    outcome: ContactOutcome,
    by: Viewer,
    at: datetime,
    guardian: Guardian | None = None,
    note: str = "",
) -> Contact:
    """Note a contact; the attempt that makes the routine's number asks who decides how to go on."""
    with transaction.atomic():
        made = add_contact(
            case, on=on, way=way, outcome=outcome, guardian=guardian, note=note, by=by, at=at
        )
        role = decides_after_no_shows(programme_of(case), attempts_in_vain(case))
        if role is not None:
            to = person_for(role, case, by.today)
            kind = TaskKind.NO_SHOW
            make_task(
                case.pupil, case.school, case=case, kind=kind, to=to, by=by, at=at, due_on=by.today
            )
    return made
