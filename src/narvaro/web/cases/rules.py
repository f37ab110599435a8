"""What the routine allows in a case, and what a decision has to rest on."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.programmes import Programme
from narvaro.programmes import Step as Known
from narvaro.web.cases.models import Case, Decision, Step

NOTIFIED = frozenset({"notification"})
INVESTIGATES = "investigation"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way a step may end."""

    decision: Decision
    leads_to: str = ""


def allowed(programme: Programme, step: Known) -> tuple[Choice, ...]:
    """How a step may end: the ends its routine names, each step it leads to, and to the principal.

    A step that leads nowhere and names no end may be closed: no case can be caught in it.
    """
    known = {one.id for one in programme.steps}
    found = [Choice(Decision.NEXT, one) for one in step.leads_to if one in known]
    if "watched" in step.may_end:
        found.append(Choice(Decision.WATCH))
    if set(step.may_end) - {"watched"} or not (found or step.may_end):
        found.append(Choice(Decision.CLOSE))
    if step.owner != "principal":
        found.append(Choice(Decision.ESCALATE))
    return tuple(found)


def begun_beside(programme: Programme, step: Known) -> tuple[Known, ...]:
    """What begins with an investigation: the notification to the authority (7 kap. 19 a §)."""
    if step.id != INVESTIGATES:
        return ()
    return tuple(one for one in programme.steps if one.id in NOTIFIED)


def missing_evidence(case: Case, step: Step, known: Known) -> list[str]:
    """What is not there yet: a signed form or a held meeting, and what an investigation found."""
    missing = []
    needs = bool(known.forms) or (
        known.deadline is not None and known.deadline.kind == "next-meeting"
    )
    if needs and not step.evidence.filter(done_at__isnull=False).exists():
        missing.append(_("Steget vilar på ett signerat dokument eller ett hållet möte."))
    if step.step == INVESTIGATES and not case.causes.exists():
        missing.append(_("Utredningen ska säga vad frånvaron kan bero på."))
    return missing


def unfinished_duties(case: Case, programme: Programme, *, but: Step) -> list[str]:
    """Steps the law asks for that nobody has decided: a case is not closed over them."""
    by_law = {one.id for one in programme.steps if one.law}
    left = case.steps.filter(decided_at__isnull=True, step__in=by_law).exclude(pk=but.pk)
    if not left.exists():
        return []
    return [_("Ett steg som lagen kräver är inte avslutat.")]
