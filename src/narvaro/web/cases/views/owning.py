"""Who answers for a case: handed over, opened, opened again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.forms import HandOverForm, OpenCaseForm, WhyForm
from narvaro.web.cases.models import Case, OpenedBecause
from narvaro.web.cases.views.asking import ask, pupil_crumb
from narvaro.web.cases.views.finding import found_for
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.opening import reason_given
from narvaro.web.pupils.pages import name_of


@page("cases.hand_over")
def hand_over(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Give the case, with the steps and tasks of its owner, to somebody else at the school."""
    found = found_for(viewer, "cases.hand_over", public_id)
    if viewer.reach("cases.hand_over").is_self and found.owner_id != viewer.account.pk:
        raise Http404  # a part of somebody else's case is not the case
    form = HandOverForm(request.POST or None, case=found, viewer=viewer)

    def do(given: dict[str, Any]) -> None:
        actions.hand_over(
            found,
            given["owner"],
            why=given["why"],
            version=given["version"],
            by=viewer,
            at=viewer.now,
        )

    def now() -> dict[str, Any]:
        case = Case.objects.select_related("owner").get(pk=found.pk)
        return {"owner": case.owner, "version": case.version}

    lead = _("Ägare nu: %(who)s. Stegen och uppgifterna som ägaren har följer med.") % {
        "who": found.owner.name
    }
    title, verb = _("Lämna över ärendet"), _("Lämna över")
    back = reverse("cases" if viewer.may("cases.list") else "home")
    return ask(
        request, viewer, found, form, do, title=title, verb=verb, lead=lead, now=now, back=back
    )


@page("cases.open")
def open_case(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Open a case without a flag: a worry, a guardian, the pupil, another agency."""
    pupils = Pupil.objects.visible_to(viewer, "cases.open")
    pupil = get_object_or_404(pupils, public_id=public_id)
    reason = reason_given(request, viewer, pupil)
    if reason is None:
        return redirect("pupils_open", public_id=public_id)
    log_reading(request, [f"pupil:{public_id}"], reason=reason)
    mine = Case.objects.visible_to(viewer, "cases.case").still_open()
    known = mine.filter(pupil=pupil).first()
    if known is not None:
        return redirect("case", public_id=known.public_id)
    form = OpenCaseForm(request.POST or None)

    def do(given: dict[str, Any]) -> None:
        because = OpenedBecause(given["because"])
        actions.open_case(pupil, because=because, words=given["words"], by=viewer, at=viewer.now)

    lead = _("%(pupil)s. Rutinens första steg börjar i dag, hos den som svarar för det.") % {
        "pupil": name_of(pupil)
    }
    back = reverse("pupil", args=[public_id])
    title, verb = _("Öppna ett ärende"), _("Öppna ärendet")
    crumbs = [pupil_crumb(pupil, viewer), (title, "")]
    return form_page(request, form, do, title=title, verb=verb, back=back, lead=lead, crumbs=crumbs)


@page("cases.reopen")
def reopen(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Open a closed case again; the old one stands as it was."""
    found = found_for(viewer, "cases.reopen", public_id)
    form = WhyForm(request.POST or None, version=found.version)

    def do(given: dict[str, Any]) -> None:
        actions.reopen(found, why=given["why"], version=given["version"], by=viewer, at=viewer.now)

    def now() -> dict[str, Any]:
        return {"version": Case.objects.get(pk=found.pk).version}

    lead = _("Ett nytt ärende börjar, och det avslutade står kvar som det var.")
    back = reverse("cases")
    title, verb = _("Öppna ärendet igen"), _("Öppna igen")
    return ask(
        request, viewer, found, form, do, title=title, verb=verb, lead=lead, now=now, back=back
    )
