"""Every decision on a proposed role."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.models import Assignment, Decision, ProposedRole
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import Actor, write_entry
from narvaro.web.audit.models import Kind


@transaction.atomic
def approve(*, proposal: ProposedRole, version: int, by: Viewer, at: datetime) -> None:
    """Give the role. Raises `Refused` for who sent it or would get it, `ChangedMeanwhile`."""
    found = _waiting(proposal, version)
    if by.account.public_id in found.senders:
        raise Refused(_("Uppgiften kom genom dig. Be en annan administratör godkänna uppdraget."))
    if by.account == found.account:
        raise Refused(_("Be en annan administratör godkänna ditt uppdrag."))
    put_in_force([found], by=by.actor, at=at)


@transaction.atomic
def decline(*, proposal: ProposedRole, version: int, by: Viewer, at: datetime) -> None:
    """Let the role be; it is not proposed again. Raises `ChangedMeanwhile`."""
    found = _waiting(proposal, version)
    found.decision, found.decided_at = Decision.DECLINED, at
    found.save()
    tell(by.actor, "accounts.decline_role", at, found)


@transaction.atomic
def undo(*, proposal: ProposedRole, version: int, by: Viewer, at: datetime) -> None:
    """Let it wait again; what was given is taken away. Raises `ChangedMeanwhile`, `Refused`."""
    found = locked(ProposedRole.objects.all(), proposal.pk, version=version)
    if not found.decision:
        raise ChangedMeanwhile("nothing has been decided")
    given = found.assignment
    if given is not None and given.stand_ins.exists():
        raise Refused(_("Uppdraget har en vikarie. Avsluta uppdraget på personens sida."))
    found.decision, found.decided_at, found.assignment = "", None, None
    found.why, found.decided_together = "", ""
    found.save()
    if given is not None:
        given.delete()
    tell(by.actor, "accounts.undo_role", at, found)


def put_in_force(proposals: Iterable[ProposedRole], *, by: Actor, at: datetime) -> None:
    """Give the roles; who may is for the caller to say."""
    for one in proposals:
        one.assignment = Assignment.objects.create(
            account=one.account,
            role=one.role,
            unit=one.unit,
            from_on=one.from_on,
            to_on=one.to_on,
            percentage=one.percentage,
            comes_from_source=True,
        )
        one.decision, one.decided_at = Decision.APPROVED, at
        one.save()
        tell(by, "accounts.approve_role", at, one)


def may_not_approve(proposal: ProposedRole, by: Viewer) -> bool:
    """It came through the viewer, or is about the viewer: somebody else approves it."""
    return by.account.public_id in proposal.senders or by.account.pk == proposal.account_id


def _waiting(proposal: ProposedRole, version: int) -> ProposedRole:
    found = locked(ProposedRole.objects.all(), proposal.pk, version=version)
    if found.decision:
        raise ChangedMeanwhile("somebody has decided already")
    return found


def tell(by: Actor, action: str, at: datetime, found: ProposedRole) -> None:
    """An entry in the log for a decision on one role."""
    subjects = [
        f"account:{found.account.public_id}",
        f"role:{found.role}",
        f"unit:{found.unit.public_id}",
    ]
    write_entry(by, action, kind=Kind.WRITE, at=at, subjects=subjects)
