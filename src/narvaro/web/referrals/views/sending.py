"""The pages of the sending side: the list, one referral, a pupil who moves, a concern report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions as cases
from narvaro.web.cases.duties import PERSONAL
from narvaro.web.cases.views.asking import ask
from narvaro.web.cases.views.finding import found_for, sent_version, told_the_log
from narvaro.web.referrals import actions
from narvaro.web.referrals.concern import concern_page
from narvaro.web.referrals.forms import ConcernForm, DecideForm, MoveForm, PrepareForm, SendForm
from narvaro.web.referrals.grounds import is_grounded
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.pages import referral_page, rows_of, send_form
from narvaro.web.referrals.words import Happening, ReferralKind, State, WhereTo


@page("referrals.list")
def referrals(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every referral of the viewer's cases, those that are open first."""
    seen = Referral.objects.visible_to(viewer, "referrals.list").filter(made_at__lte=viewer.now)
    found = list(seen.select_related("pupil", "receiver__authority").order_by("-made_at", "-pk"))
    log_reading(request, {f"pupil:{one.pupil.public_id}" for one in found})
    rows = rows_of(found, viewer)
    context = {
        "open": [one for one in rows if one.is_open],
        "over": [one for one in rows if not one.is_open],
        "may_receive": viewer.may("referrals.inbox"),
    }
    return render(request, "referrals/list.html", context)


@page("referrals.prepare")
def prepare(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Whom to ask, and what. Nothing is sent yet."""
    case = found_for(viewer, "referrals.prepare", public_id)
    form = PrepareForm(request.POST or None, case=case, viewer=viewer)
    made: list[Referral] = []

    def do(given: dict[str, Any]) -> None:
        question, to = given["question"], given["receiver"]
        made.append(actions.prepare(case, receiver=to, question=question, by=viewer, at=viewer.now))

    lead = _("Inget skickas än. Mottagaren ser något först när du har valt vad, på en grund.")
    title, verb = _("Ny remiss"), _("Spara och gå vidare")
    answer = ask(request, viewer, case, form, do, title=title, verb=verb, lead=lead)
    return redirect("referral", public_id=made[0].public_id) if made else answer


@page("referrals.move")
def move(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A pupil who leaves the authority: handed over to a school, or closed here."""
    case = found_for(viewer, "referrals.move", public_id)
    form = MoveForm(request.POST or None, case=case, viewer=viewer)
    made: list[Referral] = []

    def do(given: dict[str, Any]) -> None:
        if given["where"] != WhereTo.SCHOOL:
            actions.move_away(case, WhereTo(given["where"]), by=viewer, at=viewer.now)
            return
        made.append(
            actions.prepare(
                case,
                receiver=given["school"],
                question=given["question"],
                kind=ReferralKind.HAND_OVER,
                by=viewer,
                at=viewer.now,
            )
        )

    lead = _(
        "Till en skola som finns här lämnas bara det du väljer, på en grund, och ärendet avslutas "
        "när det är skickat. Annars avslutas ärendet nu, och inget lämnas."
    )
    title, verb = _("Eleven byter huvudman"), _("Gå vidare")
    back = reverse("cases")
    answer = ask(request, viewer, case, form, do, title=title, verb=verb, lead=lead, back=back)
    return redirect("referral", public_id=made[0].public_id) if made else answer


@page("referrals.concern")
def concern(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """How oneself reports a concern, and noting that one has. No consent, nobody's approval."""
    case = found_for(viewer, "referrals.concern", public_id)
    if away := told_the_log(request, viewer, case):
        return away
    form = ConcernForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        cases.record_legal_event(case, duty=PERSONAL, on=on, by=viewer, at=viewer.now)
        messages.success(request, _("Noterat att du har anmält. Inget annat är sparat."))
        return redirect("case", public_id=case.public_id)
    made = concern_page(case, viewer)
    context = {"page": made, "form": form, "crumbs": made.crumbs}
    status = 422 if form.is_bound else 200
    return render(request, "referrals/concern.html", context, status=status)


@page("referrals.referral")
def referral(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One referral: where it stands, what it is sent on, what can be decided."""
    found = _found(viewer, "referrals.referral", public_id)
    return _shown(request, viewer, found)


@page("referrals.send")
@require_POST
def send(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Send it on what was told to the receiver."""
    found = _found(viewer, "referrals.send", public_id)
    form = send_form(found, viewer, request.POST)

    def do(given: dict[str, Any]) -> str:
        version = given["version"]
        actions.send(found, form.chosen, version=version, by=viewer, at=viewer.now)
        return _("Skickat. Mottagaren ser det i sin kö.")

    return _done(request, viewer, found, form, do)


@page("referrals.decide")
@require_POST
def decide(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take it back, ask again, or note that the answer was read."""
    found = _found(viewer, "referrals.decide", public_id)
    live = is_grounded(found, viewer.now)
    form = DecideForm(request.POST, referral=found, has_ground=live)

    def do(given: dict[str, Any]) -> str:
        version, why = given["version"], given["why"]
        if given["what"] == Happening.NOTE:
            actions.note(found, version=version, by=viewer, at=viewer.now)
            return _("Noterat.")
        if given["what"] == Happening.REOPEN:
            actions.reopen(found, why=why, version=version, by=viewer, at=viewer.now)
            return _("Öppnad igen. Mottagaren ser den i sin kö.")
        actions.withdraw(found, why=why, version=version, by=viewer, at=viewer.now)
        return _("Återtagen. Mottagaren ser inget mer av den.")

    return _done(request, viewer, found, form, do)


def _found(viewer: Viewer, action: str, public_id: str) -> Referral:
    mine = Referral.objects.visible_to(viewer, action).filter(made_at__lte=viewer.now)
    linked = mine.select_related(
        "case__pupil", "case__school", "pupil", "receiver__authority", "disclosure"
    )
    return get_object_or_404(linked, public_id=public_id)


def _done(
    request: HttpRequest,
    viewer: Viewer,
    found: Referral,
    form: SendForm | DecideForm,
    do: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """Do what the form says, or show it as it was sent with why it could not be done."""
    stands = ""
    try:
        if sent_version(request, found.version) != found.version:
            raise ChangedMeanwhile("the referral has moved on")
        if form.is_valid():
            messages.success(request, do(form.cleaned_data))
            return redirect("referral", public_id=found.public_id)
    except Refused as refused:
        form.add_error(None, str(refused))
    except ChangedMeanwhile:
        found = _found(viewer, "referrals.referral", found.public_id)
        stands = str(State(found.state).label)
    return _shown(request, viewer, found, form=form, stands=stands, status=409 if stands else 422)


def _shown(
    request: HttpRequest,
    viewer: Viewer,
    found: Referral,
    *,
    form: SendForm | DecideForm | None = None,
    stands: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, once the log is told. `stands`: somebody else was first, and this is the state now."""
    about = f"referral:{found.public_id}"
    if away := told_the_log(request, viewer, found.case, more=[about]):
        return away
    is_second = bool(stands)
    made = referral_page(
        found,
        viewer,
        send=form if isinstance(form, SendForm) and not is_second else None,
        decide=form if isinstance(form, DecideForm) and not is_second else None,
    )
    written = form.data.get("why", "") if form is not None and is_second else ""
    context = {"page": made, "stands": stands, "draft": written}
    context |= {"wrong": None if is_second else form, "crumbs": made.crumbs}
    return render(request, "referrals/referral.html", context, status=status)
