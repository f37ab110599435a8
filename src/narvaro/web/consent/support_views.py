"""Voluntary support that was offered, and what was answered; it is no consent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.finding import pupil_for, told_the_log, way_to
from narvaro.web.consent.forms import OfferForm, ReplyForm
from narvaro.web.consent.items import Who
from narvaro.web.consent.models import Reply, SupportOffer
from narvaro.web.consent.offering import Offer, offer_support, reply_to_support
from narvaro.web.pupils.pages import name_of


@page("consent.offer_support")
def offer(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Note that support was offered."""
    pupil = pupil_for(viewer, "consent.offer_support", public_id)
    if away := told_the_log(request, viewer, pupil):
        return away

    def do(given: dict[str, Any]) -> None:
        made = Offer(given["unit"], given["what"], given["on"])
        offer_support(pupil, made, by=viewer, at=viewer.now)

    title = _("Erbjudet stöd")
    lead = _("Frivilligt stöd är sin egen fråga. Ett ja hit är inget samtycke till att dela något.")
    return form_page(
        request,
        OfferForm(request.POST or None, viewer=viewer),
        do,
        title=title,
        verb=_("Spara erbjudandet"),
        back=reverse("consents", args=[pupil.public_id]),
        lead=f"{name_of(pupil)}. {lead}",
        crumbs=[*way_to(pupil, viewer), (title, "")],
    )


@page("consent.reply_to_support")
def reply(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Note what was answered to an offer, or that nobody did."""
    mine = SupportOffer.objects.visible_to(viewer, "consent.reply_to_support")
    found = get_object_or_404(mine.select_related("pupil"), public_id=public_id)
    if away := told_the_log(request, viewer, found.pupil, f"offer:{found.public_id}"):
        return away

    def do(given: dict[str, Any]) -> None:
        reply_to_support(
            found,
            Reply(given["reply"]),
            who=Who(given["who"]) if given["who"] and given["reply"] != Reply.NONE else None,
            on=given["on"],
            version=given["version"],
            by=viewer,
            at=viewer.now,
        )

    title = _("Svar på erbjudet stöd")
    return form_page(
        request,
        ReplyForm(request.POST or None, viewer=viewer, version=found.version),
        do,
        title=title,
        verb=_("Spara svaret"),
        back=reverse("consents", args=[found.pupil.public_id]),
        now=lambda: _stands(found.pk),
        lead=f"{name_of(found.pupil)}. {found.what}",
        crumbs=[*way_to(found.pupil, viewer), (title, "")],
    )


def _stands(pk: int) -> dict[str, Any]:
    found = SupportOffer.objects.get(pk=pk)
    return {
        "version": found.version,
        "reply": found.reply,
        "who": found.replied_by,
        "on": found.replied_on,
    }
