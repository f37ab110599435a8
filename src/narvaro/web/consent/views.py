"""Consents of a pupil: the list, the question, the answers, and taking one back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent import actions
from narvaro.web.consent.finding import (
    consent_for,
    guardian_for,
    pupil_for,
    told_the_log,
    way_to,
)
from narvaro.web.consent.forms import AnswerForm, AskForm, WithdrawForm
from narvaro.web.consent.items import How, Item, State, WhyNotAsked
from narvaro.web.consent.models import Consent
from narvaro.web.consent.pages import consent_page, consent_rows, names_of, offer_rows
from narvaro.web.pupils.models import Guardian
from narvaro.web.pupils.pages import name_of


@page("consent.list")
def consents(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Everything that has been asked about a pupil, what was answered, and support offered."""
    pupil = pupil_for(viewer, "consent.list", public_id)
    if away := told_the_log(request, viewer, pupil):
        return away
    mine = Consent.objects.visible_to(viewer, "consent.list").filter(pupil=pupil)
    context = {
        "pupil": pupil,
        "name": name_of(pupil),
        "rows": consent_rows(mine, viewer),
        "offers": offer_rows(pupil, viewer),
        "crumbs": [*way_to(pupil, viewer)[:-1], (_("Samtycken"), "")],
    }
    return render(request, "consent/list.html", context)


@page("consent.consent")
def consent(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What was asked, who has answered what, what may be shared now, and all that was said."""
    found = consent_for(viewer, "consent.consent", public_id)
    if away := told_the_log(request, viewer, found.pupil, f"consent:{found.public_id}"):
        return away
    context = {
        "page": consent_page(found, viewer),
        "ways": [(one.value, one.label) for one in How],
        "may_answer": viewer.may("consent.answer"),
        "may_withdraw": viewer.may("consent.withdraw"),
        "crumbs": [*way_to(found.pupil, viewer), (_("Samtycke"), "")],
    }
    return render(request, "consent/consent.html", context)


@page("consent.ask")
def ask(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Write down what is to be asked for, before anybody is asked."""
    pupil = pupil_for(viewer, "consent.ask", public_id)
    if away := told_the_log(request, viewer, pupil):
        return away
    made: list[Consent] = []

    def do(given: dict[str, Any]) -> None:
        asked = actions.Question(**given)
        made.append(actions.ask(pupil, asked, by=viewer, at=viewer.now))

    title = _("Fråga om samtycke")
    lead = _(
        "Samtycket häver sekretess mot en annan myndighet för några uppgifter och en tid. Det är "
        "inte samtycke enligt dataskyddsförordningen. Inget delas förrän svaren finns."
    )
    answer = form_page(
        request,
        AskForm(request.POST or None, viewer=viewer),
        do,
        title=title,
        verb=_("Spara frågan"),
        back=reverse("consents", args=[pupil.public_id]),
        lead=f"{name_of(pupil)}. {lead}",
        crumbs=[*way_to(pupil, viewer), (title, "")],
    )
    return redirect("consent", public_id=made[0].public_id) if made else answer


@page("consent.answer")
def answer(request: HttpRequest, viewer: Viewer, public_id: str, person_id: str) -> HttpResponse:
    """Write in what a guardian or the pupil has answered."""
    found = consent_for(viewer, "consent.answer", public_id)
    guardian = guardian_for(found, person_id)
    if away := told_the_log(request, viewer, found.pupil, f"consent:{found.public_id}"):
        return away
    form = AnswerForm(request.POST or None, viewer=viewer, consent=found, is_pupil=guardian is None)

    def do(given: dict[str, Any]) -> None:
        version = given["version"]
        said = _given(given, guardian)
        actions.answer(found, said, version=version, by=viewer, at=viewer.now)

    who = _("Eleven") if guardian is None else names_of(found.pupil)[guardian.public_id]
    title = _("Svar om samtycke")
    return form_page(
        request,
        form,
        do,
        title=title,
        verb=_("Spara svaret"),
        back=reverse("consent", args=[found.public_id]),
        now=lambda: _stands(found.pk, guardian),
        lead=_("%(who)s. Svaret gäller från nu, och räknas i stället för ett tidigare.")
        % {"who": who},
        crumbs=[*way_to(found.pupil, viewer), (title, "")],
    )


@page("consent.withdraw")
@require_POST
def withdraw(request: HttpRequest, viewer: Viewer, public_id: str, person_id: str) -> HttpResponse:
    """Take a consent back: one press that says how. Sharing ends in the same moment."""
    found = consent_for(viewer, "consent.withdraw", public_id)
    guardian = guardian_for(found, person_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise Http404
    if away := told_the_log(request, viewer, found.pupil, f"consent:{found.public_id}"):
        return away
    how = How(form.cleaned_data["how"])
    try:
        actions.withdraw(found, guardian, how=how, by=viewer, at=viewer.now)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Samtycket är tillbakataget. Inget delas mer med stöd av det."))
    return redirect("consent", public_id=found.public_id)


def _given(given: dict[str, Any], guardian: Guardian | None) -> actions.Given:
    why, how = given["why_not_asked"], given["how"]
    state = State(given["state"])
    return actions.Given(
        guardian,
        state,
        given["on"],
        How(how) if how else None,
        [Item(one) for one in given["items"]],
        WhyNotAsked(why) if why and state == State.NOT_ASKED else None,
    )


def _stands(pk: int, guardian: Guardian | None) -> dict[str, Any]:
    """How the person's answer stands now, for who was second."""
    found = Consent.objects.get(pk=pk)
    latest = found.answers.filter(guardian=guardian).order_by("on", "at", "pk").last()
    if latest is None:
        return {"version": found.version}
    return {
        "version": found.version,
        "state": latest.state,
        "items": latest.items,
        "how": latest.how,
        "on": latest.on,
        "why_not_asked": latest.why_not_asked,
    }
