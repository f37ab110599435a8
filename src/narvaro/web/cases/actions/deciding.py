"""Steps begin and end: every end is a decision by a named person, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.programmes import Programme
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.beginning import begin_step, known_step
from narvaro.web.cases.actions.lifting import lifted_to
from narvaro.web.cases.actions.tasks import close_tasks, make_task
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.models import DATED, Case, Decision, Step, TaskKind
from narvaro.web.cases.people import cannot_be_given
from narvaro.web.cases.routines import programme_of
from narvaro.web.cases.rules import (
    Choice,
    allowed,
    may_end,
    missing_evidence,
    unfinished_duties,
)

FARTHEST = 400
"""Days ahead that something can be followed or go on: over a school year, and never for good."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decides about a step.

    `leads_to` goes with NEXT, `watch_until` with WATCH and CONTINUE, `outcome` is the routine's
    own word when the step may end in several ways (else it is found).
    """

    decision: Decision
    reason: str
    leads_to: str = ""
    outcome: str = ""
    watch_until: date | None = None
    next_owner: Account | None = None


def decide(step: Step, decided: Decided, *, version: int, by: Viewer, at: datetime) -> Step | None:
    """End a step with a decision. Returns the step that it leads to, if any.

    Raises ChangedMeanwhile when somebody else has decided it, or the case was closed, after the
    form was opened; Refused, with every reason, when the decision is not allowed or its evidence
    is not there.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update(no_key=True).get(pk=step.case_id)
        kept = locked(Step.objects.all(), step.pk, version=version)
        if not (case.is_open and kept.is_open):
            raise ChangedMeanwhile("the step was decided by somebody else")
        if not may_end(kept, by):
            raise Refused(_("%(who)s beslutar i steget.") % {"who": kept.owner.name})
        choice = _check(case, kept, decided, by)
        kept.outcome = choice.outcome
        _end(kept, decided, by=by, at=at)
        tell(case, "cases.decide", by=by, at=at, more=(f"step:{kept.public_id}",))
        return _go_on(case, kept, decided, role=choice.role, by=by, at=at)


def _check(case: Case, step: Step, decided: Decided, by: Viewer) -> Choice:
    programme = programme_of(case)
    known = known_step(programme, step.step)
    choice = _choice(allowed(programme, known), decided)
    wrong = []
    if not decided.reason.strip():
        wrong.append(_("Skriv ett skäl till beslutet."))
    if choice is None:
        wrong.append(_("Steget kan inte sluta så enligt rutinen."))
    if decided.decision in DATED and (
        decided.watch_until is None or not 0 < (decided.watch_until - by.today).days <= FARTHEST
    ):
        wrong.append(_("Skriv ett datum det närmaste året att följa till."))
    if decided.decision != Decision.ESCALATE:
        wrong += missing_evidence(case, step, programme, known)
    if decided.decision == Decision.CLOSE:
        wrong += unfinished_duties(case, programme, but=step)
    wrong += _cannot_go_on(case, step, programme, decided=decided, choice=choice, by=by)
    if wrong or choice is None:
        raise Refused(" ".join(wrong))
    return choice


def _cannot_go_on(
    case: Case,
    step: Step,
    programme: Programme,
    *,
    decided: Decided,
    choice: Choice | None,
    by: Viewer,
) -> list[str]:
    """Nobody to lift it to, or somebody chosen who cannot have the next step."""
    is_lifted = choice is not None and choice.decision == Decision.ESCALATE
    if is_lifted and choice and lifted_to(step, programme, choice.role, by.today) is None:
        return [_("Det finns ingen ovanför att lyfta steget till.")]
    return [] if decided.next_owner is None else cannot_be_given(decided.next_owner, case, by.today)


def _choice(choices: tuple[Choice, ...], decided: Decided) -> Choice | None:
    """The way to end that is meant; of several, the first, unless the outcome says which."""
    meant = [
        one
        for one in choices
        if (one.decision, one.leads_to) == (decided.decision, decided.leads_to)
        and decided.outcome in ("", one.outcome)
    ]
    return meant[0] if meant else None


def _end(step: Step, decided: Decided, *, by: Viewer, at: datetime) -> None:
    step.decision, step.reason = decided.decision, decided.reason.strip()
    step.leads_to, step.watch_until = decided.leads_to, decided.watch_until
    step.decided_at, step.decided_on, step.decided_by = at, by.today, by.account
    step.save()


def _go_on(
    case: Case, step: Step, decided: Decided, *, role: str, by: Viewer, at: datetime
) -> Step | None:
    case.version += 1
    begun: Step | None = None
    if decided.decision == Decision.CLOSE:
        case.closed_at, case.closed_on = at, by.today
        case.closed_by, case.closing_reason = by.account, decided.reason.strip()
        close_tasks(case, _("Ärendet avslutades."), by=by, at=at)
        tell(case, "cases.close", by=by, at=at)
    case.save()
    if decided.decision == Decision.NEXT:
        begun = begin_step(case, decided.leads_to, by=by, at=at, owner=decided.next_owner)
    if decided.decision == Decision.ESCALATE:
        above = lifted_to(step, programme_of(case), role, by.today)
        begun = begin_step(case, step.step, by=by, at=at, owner=above)
    if decided.decision == Decision.CONTINUE:
        begun = begin_step(case, step.step, by=by, at=at, owner=step.owner)
        begun.due_on = decided.watch_until
        begun.save()
    if decided.decision == Decision.WATCH:
        make_task(
            case.pupil,
            case.school,
            case=case,
            kind=TaskKind.WATCHED,
            to=case.owner,
            due_on=decided.watch_until,
            by=by,
            at=at,
        )
    return begun
