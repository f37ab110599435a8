"""Pages of people, roles and vacancies, for administrators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts import actions
from narvaro.web.accounts import forms as asked
from narvaro.web.accounts.actions import Duty
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.people_pages import (
    people_of,
    people_page,
    person_page,
    serves_elsewhere,
)
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer


def form_page(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    verb: str,
    back: str,
    version: Callable[[], int] | None = None,
    lead: str = "",
) -> HttpResponse:
    """Show a form, or do what it says and go back. Nothing that was written is ever lost.

    `version` tells the present version of what the form is about, for the one who was second.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        except ChangedMeanwhile:
            _show_conflict(form, version)
            status = 409
        else:
            messages.success(request, _("Sparat."))
            return redirect(back)
    context = {"form": form, "page_title": title, "verb": verb, "back": back, "sentence": lead}
    return render(request, "accounts/form.html", context, status=status)


def _show_conflict(form: forms.Form, version: Callable[[], int] | None) -> None:
    form.add_error(
        None,
        _(
            "Någon annan ändrade detta medan du skrev. Inget är sparat, och det du skrev står kvar. "
            "Se efter vad som ändrats; spara igen om det du skrev ska gälla."
        ),
    )
    if version is not None:
        form.data = {**form.data.dict(), "version": str(version())}  # type: ignore[attr-defined]


@page("accounts.people")
def people(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everybody here, and what is vacant."""
    query = request.GET.get("namn", "").strip()[:80]
    shown = people_page(viewer, query=query)
    return render(request, "accounts/people.html", {"page": shown, "unit": viewer.unit})


@page("accounts.add_person")
def add_person(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A new person with a first role."""
    form = asked.PersonForm(
        request.POST or None,
        viewer=viewer,
        initial={"from_on": viewer.today, **_chosen(request)},
    )
    form.order_fields(["name", "email", "role", "unit", "from_on", "to_on", "percentage"])

    def do(said: dict[str, Any]) -> None:
        actions.add_person(
            name=said["name"], email=said["email"], duty=_duty(said), by=viewer, at=viewer.now
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
    return render(request, "accounts/person.html", {"page": person_page(viewer, found)})


@page("accounts.change_person")
def change_person(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Name, open or closed."""
    found = _own_person(viewer, public_id)
    form = asked.ChangePersonForm(
        request.POST or None,
        initial={"name": found.name, "is_active": found.is_active, "version": found.version},
    )

    def do(said: dict[str, Any]) -> None:
        actions.change_person(account=found, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Ändra namn eller stäng kontot"),
        verb=_("Spara"),
        back=_page_of(found),
        version=lambda: Account.objects.get(pk=found.pk).version,
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


@page("accounts.give_role")
def give_role(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One more role for a person."""
    found = _person(viewer, public_id)
    form = asked.DutyForm(
        request.POST or None, viewer=viewer, initial={"from_on": viewer.today, **_chosen(request)}
    )

    def do(said: dict[str, Any]) -> None:
        actions.give_role(account=found, duty=_duty(said), by=viewer, at=viewer.now)

    return form_page(
        request, form, do, title=_("Ge ett uppdrag"), verb=_("Ge uppdraget"), back=_page_of(found)
    )


@page("accounts.change_role")
def change_role(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """How much of whole time."""
    found = _assignment(viewer, public_id)
    form = asked.PercentageForm(
        request.POST or None,
        initial={"percentage": found.percentage, "version": found.version},
    )

    def do(said: dict[str, Any]) -> None:
        actions.change_role(assignment=found, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Ändra omfattning"),
        verb=_("Spara"),
        back=_back_of(found),
        version=lambda: Assignment.objects.get(pk=found.pk).version,
    )


@page("accounts.end_role")
def end_role(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The last day of an assignment."""
    found = _assignment(viewer, public_id)
    form = asked.EndForm(
        request.POST or None, initial={"last_on": viewer.today, "version": found.version}
    )

    def do(said: dict[str, Any]) -> None:
        actions.end_role(assignment=found, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Avsluta uppdraget"),
        verb=_("Avsluta"),
        back=_back_of(found),
        version=lambda: Assignment.objects.get(pk=found.pk).version,
    )


@page("accounts.stand_in")
def stand_in(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Somebody stands in for a holder, or in a vacant post."""
    found = _assignment(viewer, public_id)
    form = asked.StandInForm(request.POST or None, viewer=viewer, initial={"from_on": viewer.today})

    def do(said: dict[str, Any]) -> None:
        actions.stand_in(instead_of=found, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Lägg till en vikarie"),
        verb=_("Lägg till"),
        back=_back_of(found),
    )


@page("accounts.leave_vacant")
def leave_vacant(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Mark that nobody holds a post."""
    form = asked.VacantForm(
        request.POST or None, viewer=viewer, initial={"from_on": viewer.today, **_chosen(request)}
    )

    def do(said: dict[str, Any]) -> None:
        actions.leave_vacant(duty=_duty(said), by=viewer, at=viewer.now)

    return form_page(
        request,
        form,
        do,
        title=_("Markera en vakant post"),
        verb=_("Markera som vakant"),
        back=reverse("people"),
    )


def _person(viewer: Viewer, public_id: str) -> Account:
    return get_object_or_404(people_of(viewer), public_id=public_id)


def _own_person(viewer: Viewer, public_id: str) -> Account:
    """Whoever serves at another authority too is changed by neither alone."""
    found = _person(viewer, public_id)
    if serves_elsewhere(viewer, found):
        raise Http404
    return found


def _assignment(viewer: Viewer, public_id: str) -> Assignment:
    found = asked.assignment_in_scope(viewer, public_id)
    if found is None:
        raise Http404
    return found


def _duty(said: dict[str, Any]) -> Duty:
    return Duty(
        Role(said["role"]),
        said["unit"],
        said["from_on"],
        said.get("to_on"),
        said.get("percentage", 100),
    )


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What a link to a form chose beforehand."""
    return {
        field: request.GET[word][:40]
        for field, word in (("role", "roll"), ("unit", "enhet"))
        if word in request.GET
    }


def _page_of(account: Account) -> str:
    return reverse("person", args=[account.public_id])


def _back_of(assignment: Assignment) -> str:
    if assignment.account is None:
        return reverse("unit", args=[assignment.unit.public_id])
    return _page_of(assignment.account)
