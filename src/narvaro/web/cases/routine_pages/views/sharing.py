"""The common routine as a package for others, and packages of others as proposals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.errors import InputRefused
from narvaro.programmes import Origin
from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.cases import actions
from narvaro.web.cases.models import RoutineProposal
from narvaro.web.cases.routine_pages.forms_of_sharing import PackageForm, PackForm
from narvaro.web.cases.routine_pages.packing import content_of, names_in, origin_of, packed
from narvaro.web.cases.routine_pages.proposals import checked, package_of
from narvaro.web.cases.routine_pages.words import fault_rows, in_words


@page("routine.share")
def share(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What would go along, what others may do with it, then the package."""
    content, origin = content_of(viewer), origin_of(viewer)
    initial = {"licence": origin.licence or "CC-BY-4.0"}
    form = PackForm(request.POST or None, viewer=viewer, initial=initial)
    context: dict[str, Any] = {
        "form": form,
        "content": content,
        "name": in_words(content.programme.name),
        "origin": origin,
        "crumbs": [(_("Rutinen"), reverse("common_routine")), (_("Hämta paket"), "")],
    }
    if request.method != "POST" or not form.is_valid():
        return _shared(request, context, status=422 if form.is_bound else 200)
    adaptation = form.adaptation
    named = list(names_in(content, viewer, adaptation))
    is_told = form.cleaned_data["with_schools"] or adaptation is not None
    stopping = [one for one in named if one.is_person or not is_told]
    if stopping:
        return _shared(request, context | {"named": stopping}, status=422)
    try:
        whose = Origin(origin.made_by, form.cleaned_data["licence"])
        made = packed(content, origin=whose, adaptation=adaptation)
    except InputRefused as wrong:
        return _shared(request, context | {"faults": fault_rows(wrong.faults)}, status=422)
    subjects = [f"programme:{content.programme.id}"]
    write_entry(viewer.actor, "routine.share", kind=Kind.EXPORT, at=viewer.now, subjects=subjects)
    answer = HttpResponse(made, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="rutinen-{viewer.today}.zip"'
    return answer


@page("routine.proposals")
def proposals(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Routines from elsewhere: those that wait, are used, were put aside."""
    rows = RoutineProposal.objects.filter(authority=viewer.authority, at__lte=viewer.now)
    found = list(rows.select_related("by", "in_use", "aside_by"))
    context = {
        "rows": [(one, package_of(one)) for one in found],
        "may_propose": viewer.may("routine.propose"),
        "crumbs": [(_("Rutinen"), reverse("common_routine")), (_("Rutiner från andra"), "")],
    }
    return render(request, "cases/routine/proposals.html", context)


@page("routine.propose")
def propose(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A package is sent in: checked wholly, then kept as a proposal that takes no effect."""
    form = PackageForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "form": form,
        "crumbs": [
            (_("Rutinen"), reverse("common_routine")),
            (_("Rutiner från andra"), reverse("common_routine_proposals")),
            (_("Läs in ett paket"), ""),
        ],
    }
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "cases/routine/propose.html", context, status=status)
    try:
        checked(form.cleaned_data["package"])
        made = actions.keep_proposal(form.cleaned_data["package"], by=viewer, at=viewer.now)
    except InputRefused as wrong:
        context["faults"] = fault_rows(wrong.faults)
        return render(request, "cases/routine/propose.html", context, status=422)
    except Refused as refused:
        form.add_error(None, refused.message)
        return render(request, "cases/routine/propose.html", context, status=422)
    messages.success(request, _("Paketet är granskat och sparat som ett förslag."))
    return redirect("common_routine_proposal", made.public_id)


def _shared(request: HttpRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, "cases/routine/share.html", context, status=status)
