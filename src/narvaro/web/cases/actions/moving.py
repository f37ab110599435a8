"""A running case is moved to the routine in force, knowingly: with a reason, and both are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.beginning import begin_step
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.models import Case, Decision, RoutineMove, Step
from narvaro.web.cases.newer import newer_of
from narvaro.web.cases.routines import routine_in_force, step_of


def move_to_newer(
    case: Case,
    *,
    mark: str,
    instead: Mapping[str, str],
    why: str,
    version: int,
    by: Viewer,
    at: datetime,
) -> RoutineMove:
    """Let an open case follow the routine that is in force at its school.

    Steps under way stay with their owner and their last day; one that the new version has not is
    ended and leads to `instead[its id in the routine]`. `mark` is the version that was looked at.
    Raises ChangedMeanwhile when the case or the routine has changed since, and Refused.
    """
    if not why.strip():
        raise Refused(_("Skriv varför ärendet flyttas."))
    with transaction.atomic():
        kept = locked(Case.objects.all(), case.pk, version=version)
        if not kept.is_open:
            raise Refused(_("Ärendet är avslutat."))
        newer = newer_of(kept, by.today)
        if newer is None:
            raise Refused(_("Ärendet följer redan den version som gäller."))
        if newer.mark != mark:
            raise ChangedMeanwhile("the routine was changed by somebody else")
        gone = newer.gone(kept.steps.filter(decided_at__isnull=True).select_for_update(no_key=True))
        for one in gone:
            if step_of(newer.programme, instead.get(one.step, "")) is None:
                raise Refused(_("Välj vilket steg som tar vid efter det som inte finns kvar."))
        made = RoutineMove.objects.create(
            case=kept,
            from_routine=kept.routine,
            from_adaptation=kept.adaptation,
            to_routine=routine_in_force(by.today, at=at),
            to_adaptation=newer.adaptation,
            at=at,
            on=by.today,
            by=by.account,
            why=why.strip()[:300],
        )
        kept.routine, kept.adaptation = made.to_routine, made.to_adaptation
        kept.save()
        for one in gone:
            _end(one, instead[one.step], made, by=by, at=at)
            begin_step(kept, instead[one.step], by=by, at=at)
        tell(kept, "cases.move_routine", by=by, at=at)
    return made


def _end(step: Step, to: str, move: RoutineMove, *, by: Viewer, at: datetime) -> None:
    """A step that the new version has not leads to another; nothing of it is lost."""
    step.decision, step.leads_to, step.reason = Decision.NEXT, to, move.why
    step.decided_at, step.decided_on, step.decided_by = at, by.today, by.account
    step.version += 1
    step.save()
