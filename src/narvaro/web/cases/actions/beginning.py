"""A step begins, for who answers for it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from narvaro.programmes import Evidence as Wanted
from narvaro.programmes import Programme
from narvaro.programmes import Step as Known
from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.clocks import due_on
from narvaro.web.cases.models import Case, Evidence, EvidenceKind, Step
from narvaro.web.cases.people import person_for
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.school_days import calendar_of

BEGUN = Wanted("event", "investigation-begun")
"""What beginning the step shows by itself."""


def begin_step(
    case: Case,
    step: str,
    *,
    by: Viewer | None,
    at: datetime,
    on: date | None = None,
    owner: Account | None = None,
    forced: str = "",
) -> Step:
    """Begin a step for who answers for it; `by` None when the programme's own run does.

    What the law wants done when it begins begins beside it. A step that is open already is left
    as it is. Raises Refused when this version of the routine has no such step.
    """
    day = _day(by, on)
    known = known_step(programme_of(case), step)
    answers = owner or person_for(known.owner, case, day)
    made, is_new = Step.objects.get_or_create(
        case=case,
        step=step,
        decided_at=None,
        defaults={
            "owner": answers,
            "began_at": at,
            "began_on": day,
            "due_on": due_on(known, day, calendar_of(case.school, at)),
            "forced": forced,
        },
    )
    if is_new:
        tell(case, "cases.begin_step", by=by, at=at, more=(f"step:{made.public_id}",))
        if BEGUN in known.evidence:
            Evidence.objects.create(
                step=made,
                kind=EvidenceKind.EVENT,
                name=BEGUN.name,
                item=made.public_id,
                done_at=at,
            )
        for beside in known.also_begins:
            begin_step(case, beside, by=by, at=at, on=day)
    return made


def known_step(programme: Programme, step: str) -> Known:
    """The step in a routine; raises Refused when this version has none such."""
    known = step_of(programme, step)
    if known is None:
        raise Refused(_("Den här versionen av rutinen har inget sådant steg."))
    return known


def _day(by: Viewer | None, on: date | None) -> date:
    if on is not None:
        return on
    if by is None:
        raise ValueError("a run says which day it is")
    return by.today
