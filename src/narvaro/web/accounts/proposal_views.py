"""The page of proposed roles: one verb for each row, and what was decided lately."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts import proposal_actions
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.models import Decision, ProposedRole, Unit
from narvaro.web.accounts.proposal_actions import may_not_approve
from narvaro.web.accounts.roles import Role
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
    """What waits, all of it or of a role and a place, and what was decided lately."""
    rows = proposed_to(viewer, "accounts.proposed_roles")
    waiting = rows.filter(decision="")
    units = list(Unit.objects.filter(pk__in=waiting.values("unit")).order_by("name"))
    role, unit = _narrowed(request, units)
    here = waiting.filter(**({"role": role} if role else {}))
    here = here.filter(**({"unit__public_id": unit} if unit else {}))
    decided = rows.filter(decided_at__gte=viewer.now - UNDONE_WITHIN).order_by("-decided_at", "pk")
    shown = {
        "waiting": _waiting(viewer, here),
        "count": waiting.count(),
        "found": here.count(),
        "most": SHOWN,
        "roles": _roles(waiting),
        "units": units,
        "role": role,
        "unit": unit,
        "is_narrowed": bool(role or unit),
        "all_chosen": request.GET.get("alla") == "1",
        "decided": list(decided[:SHOWN]),
        "together": _together(decided),
    }
    return render(request, "accounts/proposed_roles.html", shown)


def _narrowed(request: HttpRequest, units: Sequence[Unit]) -> tuple[str, str]:
    """The role and the place that were asked for; what is neither narrows nothing."""
    role, unit = request.GET.get("roll", ""), request.GET.get("enhet", "")
    known = {one.public_id for one in units}
    return role if role in Role.values else "", unit if unit in known else ""


def _roles(waiting: QuerySet[ProposedRole]) -> list[tuple[str, str]]:
    named = {one: str(Role(one).label) for one in set(waiting.values_list("role", flat=True))}
    return sorted(named.items(), key=lambda one: one[1])


def _together(decided: QuerySet[ProposedRole]) -> list[dict[str, object]]:
    """What was decided at once, the latest first, with how many stand as they were decided."""
    rows = decided.exclude(decided_together="").exclude(decision="").order_by()
    found = rows.values("decided_together", "decision", "decided_at", "why")
    return [
        {**one, "called": Decision(one["decision"]).label}
        for one in found.annotate(n=Count("pk")).order_by("-decided_at")
    ]


def _waiting(viewer: Viewer, rows: QuerySet[ProposedRole]) -> Sequence[WaitingRow]:
    return [WaitingRow(one, may_not_approve(one, viewer)) for one in rows[:SHOWN]]


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
