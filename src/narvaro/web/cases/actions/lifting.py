"""A step is lifted to the next who answers, and handed back with an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.programmes import Programme, role_above
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.beginning import begin_step
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.models import Case, Decision, Step
from narvaro.web.cases.people import cannot_be_given, person_for


def lifted_to(step: Step, programme: Programme, role: str, day: date) -> Account | None:
    """Who a step goes to when its owner lifts it: the first above them on the ladder from a role.

    None when nobody is. Raises Refused when nobody answers for the school at all.
    """
    people = [person_for(one, step.case, day) for one in _upwards(programme, role)]
    mine = [place for place, one in enumerate(people) if one.pk == step.owner_id]
    above = people[mine[-1] + 1 :] if mine else people
    return above[0] if above else None


def _upwards(programme: Programme, role: str) -> Iterator[str]:
    above: str | None = role
    while above is not None:
        yield above
        above = role_above(programme, above)


def hand_back(
    step: Step, answer: str, *, to: Account, version: int, by: Viewer, at: datetime
) -> Step:
    """Give one's step back to somebody at the school, with an answer; it begins anew there.

    For who got it from below, or because nobody below answered for it. Raises ChangedMeanwhile
    and Refused.
    """
    if not answer.strip():
        raise Refused(_("Skriv ditt besked."))
    with transaction.atomic():
        case = Case.objects.select_for_update(no_key=True).get(pk=step.case_id)
        kept = locked(Step.objects.all(), step.pk, version=version)
        if not (case.is_open and kept.is_open):
            raise ChangedMeanwhile("the step was decided by somebody else")
        if kept.owner_id != by.account.pk:
            raise Refused(_("%(who)s beslutar i steget.") % {"who": kept.owner.name})
        if wrong := cannot_be_given(to, case, by.today):
            raise Refused(" ".join(wrong))
        kept.decision, kept.reason = Decision.RETURN, answer.strip()
        kept.decided_at, kept.decided_on, kept.decided_by = at, by.today, by.account
        kept.save()
        case.version += 1
        case.save()
        tell(case, "cases.hand_back", by=by, at=at, more=(f"step:{kept.public_id}",))
        return begin_step(case, kept.step, by=by, at=at, owner=to)
