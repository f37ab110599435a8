"""What the routine allows in a case, and what a decision has to rest on."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from narvaro.programmes import Evidence as Wanted
from narvaro.programmes import Programme, Text, allowed_decisions
from narvaro.programmes import Step as Known
from narvaro.programmes import missing_evidence as missing_of
from narvaro.web.accounts.roles import LEADERS, STUDENT_HEALTH
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, Decision, EvidenceKind, Step
from narvaro.web.cases.people import STANDS_FOR

OF_THE_WHOLE_SCHOOL = LEADERS | STUDENT_HEALTH
INVESTIGATES = "investigation"
"""The stage whose end says what the absence may come from."""
DECIDED = "decision"
NOT_NOTED = {
    "contact-held": gettext_lazy("Ingen kontakt med hemmet är noterad."),
    "authority-notified": gettext_lazy("Anmälan till huvudmannen är inte noterad."),
    "investigation-begun": gettext_lazy("Det är inte noterat att utredningen har börjat."),
}
"""What is said while an event that a step rests on is missing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way a step may end. `role` is who is asked when it is lifted."""

    decision: Decision
    leads_to: str = ""
    outcome: str = ""
    role: str = ""


def allowed(programme: Programme, step: Known) -> tuple[Choice, ...]:
    """How a step may end by the routine: each end it names, each step it leads to, and upwards."""
    return tuple(
        Choice(Decision(one.kind), one.step, one.outcome, one.role)
        for one in allowed_decisions(programme, step)
    )


def may_end(step: Step, by: Viewer) -> bool:
    """Who works with the whole school ends its steps; class staff and visitors their own alone.

    So a class teacher does not stop what the routine has given to others (A-R-46), also in a
    case that is theirs.
    """
    return by.role in OF_THE_WHOLE_SCHOOL or step.owner_id == by.account.pk


def may_take(step: Step, known: Known | None, by: Viewer) -> bool:
    """Who works with the whole school takes over any step of another's.

    Class staff take one that the routine gives to their own role, unless it was lifted from it.
    """
    if step.owner_id == by.account.pk:
        return False
    if by.role in OF_THE_WHOLE_SCHOOL:
        return True
    is_theirs = known is not None and by.role in STANDS_FOR.get(known.owner, ())
    return is_theirs and lifted_from(step) is None


def lifted_from(step: Step) -> Step | None:
    """The step that was lifted and stands here now; None when it was not, or came back."""
    same = step.case.steps.filter(step=step.step, decided_at__isnull=False).exclude(pk=step.pk)
    before = same.select_related("owner").order_by("began_at", "pk").last()
    return before if before is not None and before.decision == Decision.ESCALATE else None


def shown(step: Step) -> frozenset[Wanted]:
    """The evidence of a step that is done, as it was fetched with it where it was."""
    done = [one for one in step.evidence.all() if one.done_at is not None]
    return frozenset(Wanted(EvidenceKind(one.kind).value, one.name) for one in done)  # type: ignore[arg-type]


def missing(step: Step, known: Known) -> tuple[Wanted, ...]:
    """What a step still has to show before it can end, besides the decision itself."""
    return tuple(one for one in missing_of(known, shown(step)) if one.kind != DECIDED)


def missing_evidence(case: Case, step: Step, programme: Programme, known: Known) -> list[str]:
    """What is not there yet, in words."""
    found = [_said(one, programme) for one in missing(step, known)]
    if known.stage == INVESTIGATES and not case.causes.exists():
        found.append(_("Utredningen ska säga vad frånvaron kan bero på."))
    return found


def unfinished_duties(case: Case, programme: Programme, *, but: Step) -> list[str]:
    """Steps the law asks for that nobody has decided: a case is not closed over them."""
    by_law = {one.id for one in programme.steps if one.law}
    left = case.steps.filter(decided_at__isnull=True, step__in=by_law).exclude(pk=but.pk)
    if not left.exists():
        return []
    return [_("Ett steg som lagen kräver är inte avslutat.")]


def named(text: Text) -> str:
    """A text of the programme in the reader's language."""
    return text.en if (get_language() or "sv").startswith("en") else text.sv


def _said(wanted: Wanted, programme: Programme) -> str:
    if wanted.kind == "form":
        known = {one.id: named(one.name) for one in programme.forms}
        return _("”%(form)s” är inte signerat.") % {"form": known.get(wanted.name, wanted.name)}
    if wanted.kind == "meeting":
        return _("Mötet är inte hållet.")
    return str(NOT_NOTED.get(wanted.name, _("En händelse som rutinen kräver är inte noterad.")))
