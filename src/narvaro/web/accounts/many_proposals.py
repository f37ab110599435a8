"""Decisions on many proposed roles at once: each on its own, all of them or none in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.models import Decision, ProposedRole, opaque
from narvaro.web.accounts.proposal_actions import may_not_approve, put_in_force, tell, undo
from narvaro.web.accounts.viewer import Viewer

Chosen = Mapping[str, int]
"""The opaque ids of proposals, each with the version that was shown."""
LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class Sorted:
    """What can be decided of what was chosen; `own` waits for somebody else, `changed` is looked
    at anew (or decided by another)."""

    ready: tuple[ProposedRole, ...]
    own: tuple[ProposedRole, ...]
    changed: int


def sorted_out(
    rows: QuerySet[ProposedRole], chosen: Chosen, decision: Decision, by: Viewer
) -> Sorted:
    """What of the chosen proposals can be decided so by the viewer now."""
    found = [
        one
        for one in rows.filter(public_id__in=list(chosen), decision="")
        if one.version == chosen[one.public_id]
    ]
    own = [o for o in found if decision == Decision.APPROVED and may_not_approve(o, by)]
    ready = [one for one in found if one not in own]
    return Sorted(tuple(ready), tuple(own), len(chosen) - len(found))


@transaction.atomic
def decide_many(
    rows: QuerySet[ProposedRole],
    chosen: Chosen,
    decision: Decision,
    *,
    why: str,
    by: Viewer,
    at: datetime,
) -> Sorted:
    """Approve or decline what can be; the rest is left as it is. Raises `Refused` without a reason.

    Who sent a proposal, or would get the role, approves it no more than one at a time.
    """
    if not why.strip() or len(why) > LONGEST_WHY:
        raise Refused(_("Skriv varför, högst %(n)s tecken.") % {"n": LONGEST_WHY})
    wanted = rows.filter(public_id__in=list(chosen)).values_list("pk", flat=True)
    locked = ProposedRole.objects.filter(pk__in=list(wanted)).select_for_update(
        of=("self",), no_key=True
    )
    found = sorted_out(locked.select_related("account", "unit"), chosen, decision, by)
    together = opaque()
    for one in found.ready:
        one.why, one.decided_together = why.strip(), together
        one.version += 1
    if decision == Decision.APPROVED:
        put_in_force(found.ready, by=by.actor, at=at)
        return found
    for one in found.ready:
        one.decision, one.decided_at = decision, at
        one.save()
        tell(by.actor, "accounts.decline_role", at, one)
    return found


@transaction.atomic
def undo_many(rows: QuerySet[ProposedRole], *, by: Viewer, at: datetime) -> tuple[int, int]:
    """Let those decided together wait again, but where a stand-in serves. Undone, and left."""
    undone = left = 0
    for one in rows.exclude(decision=""):
        try:
            undo(proposal=one, version=one.version, by=by, at=at)
            undone += 1
        except (Refused, ChangedMeanwhile):
            left += 1
    return undone, left
