"""The page of proposed roles: one verb for each row, and what was decided lately."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts import proposal_actions
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.models import ProposedRole
from narvaro.web.accounts.viewer import Viewer

UNDONE_WITHIN = timedelta(days=14)
SHOWN = 500


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A proposal, and whether this viewer is the one who may not approve it."""

    proposal: ProposedRole
    is_own: bool


def proposed_to(viewer: Viewer, action: str) -> QuerySet[ProposedRole]:
    """The proposals of the viewer's authority, made by the viewer's day."""
    reach = viewer.reach(action)
    rows = ProposedRole.objects.filter(unit__in=reach.unit_ids, proposed_at__lte=viewer.now)
    return rows.select_related("account", "unit").order_by("role", "unit__name", "pk")


@page("accounts.proposed_roles")
def every(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What waits, and what was decided lately."""
    rows = proposed_to(viewer, "accounts.proposed_roles")
    waiting = rows.filter(decision="")
    shown = {
        "waiting": _waiting(viewer, waiting),
        "count": waiting.count(),
        "decided": rows.filter(decided_at__gte=viewer.now - UNDONE_WITHIN).order_by(
            "-decided_at", "pk"
        )[:SHOWN],
    }
    return render(request, "accounts/proposed_roles.html", shown)


def _waiting(viewer: Viewer, rows: QuerySet[ProposedRole]) -> Sequence[WaitingRow]:
    mine = viewer.account
    return [
        WaitingRow(one, mine.public_id in one.senders or one.account_id == mine.pk)
        for one in rows[:SHOWN]
    ]


@page("accounts.approve_role")
@require_POST
def approve(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Give a proposed role."""
    return _decided(request, viewer, public_id, proposal_actions.approve)


@page("accounts.decline_role")
@require_POST
def decline(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Let a proposed role be."""
    return _decided(request, viewer, public_id, proposal_actions.decline)


@page("accounts.undo_role")
@require_POST
def undo(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Let a proposed role wait again."""
    return _decided(request, viewer, public_id, proposal_actions.undo)


def _decided(
    request: HttpRequest, viewer: Viewer, public_id: str, act: Callable[..., None]
) -> HttpResponse:
    found = get_object_or_404(proposed_to(viewer, "accounts.proposed_roles"), public_id=public_id)
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
    try:
        act(proposal=found, version=version, by=viewer, at=viewer.now)
    except ChangedMeanwhile:
        messages.error(request, _("Förslaget har ändrats sedan du öppnade sidan. Se det på nytt."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("proposed_roles")
