"""The pages of the receiving side: what was sent there, one referral, the answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.views.finding import sent_version
from narvaro.web.referrals import actions
from narvaro.web.referrals.answer_form import AnswerForm
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.pages import events_of
from narvaro.web.referrals.received import received_rows
from narvaro.web.referrals.rules import MOVES
from narvaro.web.referrals.words import Happening, ReferralKind, State

PROTECTED = "protected"
"""The code in the log of a reading about somebody whose identity is protected."""


@page("referrals.inbox")
def inbox(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was sent to where the viewer serves: from whom and when, nothing of a pupil."""
    found = Referral.objects.received_by(viewer, viewer.now).select_related("authority")
    rows = received_rows(found.order_by("-sent_on", "-pk"), viewer)
    context = {
        "open": [one for one in rows if one.is_open],
        "over": [one for one in rows if not one.is_open],
        "may_send": viewer.may("referrals.list"),
    }
    return render(request, "referrals/inbox.html", context)


@page("referrals.received")
def received(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One referral: what is asked, and the way to what was told. The first reading is kept."""
    found = _found(viewer, public_id)
    if request.method == "GET" and State(found.state) in MOVES[Happening.SEE].before:
        actions.see(found, by=viewer, at=viewer.now)
        found = _found(viewer, public_id)
    return _shown(request, viewer, found, AnswerForm(referral=found))


@page("referrals.answer")
@require_POST
def answer(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take it on, decline, say that work began or that it is done."""
    found = _found(viewer, public_id)
    form = AnswerForm(request.POST, referral=found)
    status, stands = 422, ""
    if sent_version(request, found.version) != found.version:
        status = 409
    elif form.is_valid():
        given = form.cleaned_data
        try:
            actions.answer(
                found,
                Happening(given["what"]),
                version=given["version"],
                why_code=given.get("why_code", ""),
                why=given.get("why", ""),
                by=viewer,
                at=viewer.now,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        except ChangedMeanwhile:
            status = 409
        else:
            messages.success(request, _("Ert svar är sparat. Avsändaren ser det."))
            return redirect("referral_received", public_id=public_id)
    found = _found(viewer, public_id)  # gone, if the ground went meanwhile
    if status == 409:
        stands, form = str(State(found.state).label), AnswerForm(referral=found)
    return _shown(request, viewer, found, form, stands=stands, status=status)


def _found(viewer: Viewer, public_id: str) -> Referral:
    mine = Referral.objects.received_by(viewer, viewer.now)
    linked = mine.select_related("authority", "pupil", "disclosure")
    return get_object_or_404(linked, public_id=public_id)


def _shown(
    request: HttpRequest,
    viewer: Viewer,
    found: Referral,
    form: AnswerForm,
    *,
    stands: str = "",
    status: int = 200,
) -> HttpResponse:
    subjects = [f"pupil:{found.pupil.public_id}", f"referral:{found.public_id}"]
    log_reading(request, subjects, reason=PROTECTED if found.pupil.is_protected else "")
    is_hand_over = found.kind == ReferralKind.HAND_OVER
    title = _("Överlämning") if is_hand_over else _("Remiss")
    context = {
        "referral": found,
        "row": received_rows([found], viewer)[0],
        "title": title,
        "is_hand_over": is_hand_over,
        "events": events_of(found.moments.select_related("by"), for_receiver=True),
        "form": None if form.is_empty else form,
        "stands": stands,
        "crumbs": [(_("Remisser"), reverse("referrals_received")), (title, "")],
    }
    return render(request, "referrals/received.html", context, status=status)
