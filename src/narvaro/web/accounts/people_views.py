"""Pages of people, for administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts import actions, as_it_stands
from narvaro.web.accounts import forms as asked
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.duties import chosen, duty
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.people_pages import (
    people_of,
    people_page,
    person_page,
    serves_elsewhere,
)
from narvaro.web.accounts.searches import recalled, remember
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.ui.registry import person_panels_of


@page("accounts.people")
def people(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everybody here, a page at a time, and what is vacant; a search is sent, never in the address."""
    if request.method == "POST":
        return _search(request)
    search = request.GET.get("sokning", "")
    query = recalled(request, search) if search else ""
    shown = people_page(
        viewer, query=query or "", page=request.GET.get("sida", ""), search=search if query else ""
    )
    if query:
        found = [f"account:{one.public_id}" for one, _roles in shown.people]
        log_reading(request, found, kind=Kind.SEARCH)
    context = {"page": shown, "unit": viewer.unit, "is_forgotten": query is None}
    return render(request, "accounts/people.html", context)


def _search(request: HttpRequest) -> HttpResponse:
    text = request.POST.get("namn", "").strip()
    address = reverse("people")
    return redirect(f"{address}?sokning={remember(request, text)}" if text else address)


@page("accounts.add_person")
def add_person(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A new person with a first role."""
    form = asked.PersonForm(
        request.POST or None,
        viewer=viewer,
        initial={"from_on": viewer.today, **chosen(request)},
    )
    form.order_fields(["name", "email", "role", "unit", "from_on", "to_on", "percentage"])

    def do(said: dict[str, Any]) -> None:
        actions.add_person(
            name=said["name"], email=said["email"], duty=duty(said), by=viewer, at=viewer.now
        )

    return form_page(
        request,
        form,
        do,
        title=_("Lägg till en person"),
        verb=_("Lägg till"),
        back=reverse("people"),
        lead=_("Personen väljer själv lösenord med ”Glömt lösenordet” på inloggningssidan."),
    )


@page("accounts.person")
def person(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One person and their assignments."""
    found = _person(viewer, public_id)
    context = {"page": person_page(viewer, found), "panels": person_panels_of(viewer, found)}
    return render(request, "accounts/person.html", context)


@page("accounts.change_person")
def change_person(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Name, open or closed."""
    found = _own_person(viewer, public_id)
    form = asked.ChangePersonForm(request.POST or None, initial=as_it_stands.person(found))

    def do(said: dict[str, Any]) -> None:
        actions.change_person(account=found, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Ändra namn eller stäng kontot"),
        verb=_("Spara"),
        back=_page_of(found),
        now=lambda: as_it_stands.person(found),
    )


@page("accounts.reset_second_factor")
def reset_second_factor(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take away a second factor that was lost."""
    found = _own_person(viewer, public_id)
    return form_page(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda _said: actions.reset_second_factor(account=found, by=viewer, at=viewer.now),
        title=_("Återställ tvåstegsinloggningen"),
        verb=_("Återställ"),
        back=_page_of(found),
        lead=_("Kontrollera först att det är rätt person som frågar, till exempel genom att ses."),
    )


def _person(viewer: Viewer, public_id: str) -> Account:
    return get_object_or_404(people_of(viewer), public_id=public_id)


def _own_person(viewer: Viewer, public_id: str) -> Account:
    """Whoever serves at another authority too is changed by neither alone."""
    found = _person(viewer, public_id)
    if serves_elsewhere(viewer, found):
        raise Http404
    return found


def _page_of(account: Account) -> str:
    return reverse("person", args=[account.public_id])
