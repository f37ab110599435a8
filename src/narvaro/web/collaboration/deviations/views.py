"""A deviation: looked at, signed with words of one's own, on paper for the group that receives them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.collaboration.deviations import actions
from narvaro.web.collaboration.deviations.forms import SignForm
from narvaro.web.collaboration.deviations.paper import deviation_pdf, sentence_of
from narvaro.web.collaboration.models import Call, Deviation
from narvaro.web.collaboration.views.found import logged, way_to


def _found(viewer: Viewer, action: str, public_id: str) -> Deviation:
    mine = Deviation.objects.filter(call__in=Call.objects.visible_to(viewer, action))
    linked = mine.select_related(
        "call__pupil", "call__case__pupil", "call__case__school__authority", "unit", "meeting",
        "signed_by",
    )  # fmt: skip
    return get_object_or_404(linked, public_id=public_id)


@page("deviations.deviation")
def deviation(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What happened, whether it is signed, and what to do."""
    found = _found(viewer, "deviations.deviation", public_id)
    if away := logged(request, viewer, found.call):
        return away
    context = {
        "deviation": found,
        "sentence": sentence_of(found),
        "may_sign": viewer.may("deviations.sign") and found.signed_at is None,
        "crumbs": _way(found, viewer),
    }
    return render(request, "collaboration/deviation.html", context)


@page("deviations.sign")
def sign(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Sign it."""
    found = _found(viewer, "deviations.sign", public_id)
    if away := logged(request, viewer, found.call):
        return away
    if found.signed_at is not None:
        return redirect("deviation", found.public_id)
    form = SignForm(request.POST or None, pupil=found.call.pupil, initial=_stands(found))

    def do(said: dict[str, Any]) -> None:
        more = {"words": said["words"], "version": said["version"]}
        actions.sign(deviation=found, by=viewer, at=viewer.now, **more)

    return form_page(
        request,
        form,
        do,
        title=_("Underteckna avvikelsen"),
        verb=_("Underteckna"),
        lead=sentence_of(found),
        back=reverse("deviation", args=[found.public_id]),
        crumbs=_way(found, viewer),
        now=lambda: _stands(Deviation.objects.get(pk=found.pk)),
    )


def _stands(found: Deviation) -> dict[str, Any]:
    return {"words": found.words, "version": found.version}


@page("deviations.pdf")
def pdf(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The report on paper: it names no pupil."""
    found = _found(viewer, "deviations.pdf", public_id)
    if away := logged(request, viewer, found.call):
        return away
    log_reading(request, [f"pupil:{found.call.pupil.public_id}"], kind=Kind.PRINT)
    answer = HttpResponse(deviation_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="avvikelse-{found.made_on}.pdf"'
    return answer


def _way(found: Deviation, viewer: Viewer) -> list[tuple[str, str]]:
    here = reverse("call", args=[found.call.public_id])
    return [*way_to(found.call, viewer), (_("Kallelse"), here), (_("Avvikelse"), "")]
