"""Many proposed roles at once: chosen, looked at, decided with a reason, undone together."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.many_proposals import Chosen, decide_many, sorted_out, undo_many
from narvaro.web.accounts.models import Decision
from narvaro.web.accounts.proposal_views import UNDONE_WITHIN, proposed_to
from narvaro.web.accounts.viewer import Viewer

MOST = 1_000


@page("accounts.decide_roles")
@require_POST
def decide(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was chosen is shown first; decided when it is sent again with a reason."""
    chosen = _chosen(request.POST.getlist("vald"))
    if not chosen:
        messages.error(request, _("Välj minst ett uppdrag i listan."))
        return redirect("proposed_roles")
    decision = _decision(request)
    if decision is None:
        messages.error(request, _("Välj om uppdragen ska godkännas eller avböjas."))
        return redirect("proposed_roles")
    rows = proposed_to(viewer, "accounts.decide_roles")
    said = ""
    if request.POST.get("then") == "decide":
        try:
            why = request.POST.get("why", "")
            found = decide_many(rows, chosen, decision, why=why, by=viewer, at=viewer.now)
        except Refused as refused:
            said = refused.message
        else:
            _tell(request, decision, len(found.ready), len(found.own) + found.changed)
            return redirect("proposed_roles")
    context = {
        "found": sorted_out(rows, chosen, decision, viewer),
        "decision": decision,
        "is_approval": decision == Decision.APPROVED,
        "said": said,
        "why": request.POST.get("why", ""),
        "crumbs": [(_("Föreslagna uppdrag"), reverse("proposed_roles")), (_("Granska"), "")],
    }
    status = 422 if said else 200
    return render(request, "accounts/decide_roles.html", context, status=status)


@page("accounts.undo_roles")
@require_POST
def undo_together(request: HttpRequest, viewer: Viewer, together: str) -> HttpResponse:
    """Let what was decided together wait again."""
    rows = proposed_to(viewer, "accounts.undo_roles").filter(decided_together=together)
    rows = rows.filter(decided_at__gte=viewer.now - UNDONE_WITHIN)
    if not together or not rows.exists():
        raise Http404
    undone, left = undo_many(rows, by=viewer, at=viewer.now)
    said = ngettext("%(n)s beslut är ångrat.", "%(n)s beslut är ångrade.", undone) % {"n": undone}
    messages.success(request, said)
    if left:
        stayed = ngettext(
            "%(n)s uppdrag har en vikarie och ändras på personens sida.",
            "%(n)s uppdrag har en vikarie och ändras på personernas sidor.",
            left,
        )
        messages.error(request, stayed % {"n": left})
    return redirect("proposed_roles")


def _tell(request: HttpRequest, decision: Decision, done: int, left: int) -> None:
    if decision == Decision.APPROVED:
        said = ngettext("%(n)s uppdrag är godkänt.", "%(n)s uppdrag är godkända.", done)
    else:
        said = ngettext("%(n)s uppdrag är avböjt.", "%(n)s uppdrag är avböjda.", done)
    messages.success(request, said % {"n": done})
    if left:
        stayed = ngettext(
            "%(n)s uppdrag väntar kvar: det har ändrats, eller någon annan ska godkänna det.",
            "%(n)s uppdrag väntar kvar: de har ändrats, eller någon annan ska godkänna dem.",
            left,
        )
        messages.error(request, stayed % {"n": left})


def _decision(request: HttpRequest) -> Decision | None:
    given = request.POST.get("decision", "")
    return Decision(given) if given in Decision.values else None


def _chosen(given: Sequence[str]) -> Chosen:
    """`id:version` of each row; what is not that is none."""
    parts = [one.partition(":") for one in given[:MOST]]
    return {
        name: int(version)
        for name, _colon, version in parts
        if name and version.isascii() and version.isdigit() and len(version) < 9
    }
