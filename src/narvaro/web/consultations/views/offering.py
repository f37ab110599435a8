"""What an adviser's agency does: offers times, calls them off, notes who came."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations import actions
from narvaro.web.consultations.forms import CancelForm, OfferForm, PresentForm
from narvaro.web.consultations.models import Booking, Slot
from narvaro.web.consultations.views.found import own_booking, own_slot

PLAIN = ("day", "time", "count", "weeks")
"""Fields of the form that say when: the rest are as the time keeps them."""


@page("consultations.offer")
def offer(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Offer times of one's own."""
    form = OfferForm(request.POST or None, viewer=viewer)

    def do(said: dict[str, Any]) -> None:
        more = {name: value for name, value in said.items() if name not in PLAIN}
        times = actions.Offer(
            unit=viewer.unit, adviser=viewer.account, starts_at=form.starts_at(), **more
        )
        actions.offer(offered=times, by=viewer, at=viewer.now)

    return form_page(
        request,
        form,
        do,
        title=_("Erbjud tider för konsultation"),
        verb=_("Erbjud tiderna"),
        back=reverse("consultations"),
        lead=_("Skolorna i samverkansområdet ser lediga tider och bokar själva."),
    )


@page("consultations.cancel")
def cancel(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Call a time off."""
    slot = own_slot(viewer, public_id, "consultations.cancel")
    form = CancelForm(request.POST or None, initial={"version": slot.version})

    def do(said: dict[str, Any]) -> None:
        actions.cancel(slot=slot, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Ställ in tiden"),
        verb=_("Ställ in"),
        back=reverse("consultations"),
        now=lambda: {"version": Slot.objects.get(pk=slot.pk).version},
        lead=_("Den som har bokat får veta det med mejl. Skälet syns för dem; skriv inga namn."),
    )


@page("consultations.note")
def note(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Note who came."""
    booking = own_booking(viewer, public_id, "consultations.note")
    if booking.slot.starts_at > viewer.now:
        raise Http404
    asked = list(booking.asked.select_related("account"))
    initial = {"version": booking.version}
    form = PresentForm(request.POST or None, asked=asked, initial=initial)

    def do(said: dict[str, Any]) -> None:
        actions.note_present(
            booking=booking,
            people=form.people(),
            version=said["version"],
            by=viewer,
            at=viewer.now,
        )

    return form_page(
        request,
        form,
        do,
        title=_("Vilka kom"),
        verb=_("Spara"),
        back=reverse("consultation", args=[booking.slot.public_id]),
        now=lambda: _as_noted(booking),
        lead=_("Den som inte kom och inte hade sagt till räknas som utebliven. Ett svar som gavs "
               "före mötet ändras inte av det här."),
    )  # fmt: skip


def _as_noted(booking: Booking) -> dict[str, Any]:
    words = {True: "yes", False: "no", None: ""}
    noted = {f"asked-{one.pk}": words[one.was_present] for one in booking.asked.all()}
    return noted | {"version": Booking.objects.get(pk=booking.pk).version}
