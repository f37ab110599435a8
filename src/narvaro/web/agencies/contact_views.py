"""Pages of agencies that have no administrator of their own, and of their contacts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies import appointing
from narvaro.web.agencies.forms import ContactForm, EndContactForm, NewAgencyForm
from narvaro.web.agencies.scope import agencies_for, contacts_at, offices_of


@page("agencies.add")
def add(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """An agency that is not here yet."""
    form = NewAgencyForm(request.POST or None)

    def do(said: dict[str, Any]) -> None:
        appointing.add_agency(by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Lägg till en verksamhet"),
        verb=_("Lägg till"),
        back=reverse("agencies"),
        lead=_("Att den finns här låter ingen se något om en elev."),
    )


@page("agencies.appoint")
def appoint(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Somebody becomes the contact of an agency."""
    found = get_object_or_404(agencies_for(viewer, "agencies.appoint"), public_id=public_id)
    form = ContactForm(request.POST or None, initial={"from_on": viewer.today})

    def do(said: dict[str, Any]) -> None:
        appointing.appoint(authority=found, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Utse en kontaktperson"),
        verb=_("Utse"),
        back=reverse("agency", args=[found.public_id]),
        lead=_("Personen väljer själv lösenord med ”Glömt lösenordet” på inloggningssidan."),
    )


@page("agencies.end_contact")
def end(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The last day of a contact, who may have changed employer."""
    mine = contacts_at(offices_of(agencies_for(viewer, "agencies.end_contact")))
    found = get_object_or_404(mine, public_id=public_id)
    form = EndContactForm(
        request.POST or None, initial={"last_on": viewer.today, "version": found.version}
    )

    def do(said: dict[str, Any]) -> None:
        appointing.end_contact(assignment=found, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Avsluta uppdraget"),
        verb=_("Avsluta"),
        back=reverse("agency", args=[found.unit.authority.public_id]),
        now=lambda: _as_it_stands(found),
        lead=_("Dagen efter öppnar kontot inget mer hos verksamheten."),
    )


def _as_it_stands(one: Assignment) -> dict[str, Any]:
    found = Assignment.objects.get(pk=one.pk)
    return {"last_on": found.to_on, "version": found.version}
