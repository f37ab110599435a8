"""Pages of assignments: give, change, end, stand in, leave vacant."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts import actions, as_it_stands
from narvaro.web.accounts import forms as asked
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.duties import chosen, duty
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.people_pages import people_of
from narvaro.web.accounts.viewer import Viewer


@page("accounts.give_role")
def give_role(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One more role for a person."""
    found = get_object_or_404(people_of(viewer), public_id=public_id)
    form = asked.DutyForm(
        request.POST or None, viewer=viewer, initial={"from_on": viewer.today, **chosen(request)}
    )

    def do(said: dict[str, Any]) -> None:
        actions.give_role(account=found, duty=duty(said), by=viewer, at=viewer.now)

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
        now=lambda: as_it_stands.assignment(found),
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
        now=lambda: as_it_stands.assignment(found),
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
        request.POST or None, viewer=viewer, initial={"from_on": viewer.today, **chosen(request)}
    )

    def do(said: dict[str, Any]) -> None:
        actions.leave_vacant(duty=duty(said), by=viewer, at=viewer.now)

    return form_page(
        request,
        form,
        do,
        title=_("Markera en vakant post"),
        verb=_("Markera som vakant"),
        back=reverse("people"),
    )


def _assignment(viewer: Viewer, public_id: str) -> Assignment:
    found = asked.assignment_in_scope(viewer, public_id)
    if found is None:
        raise Http404
    return found


def _page_of(account: Account) -> str:
    return reverse("person", args=[account.public_id])


def _back_of(assignment: Assignment) -> str:
    if assignment.account is None:
        return reverse("unit", args=[assignment.unit.public_id])
    return _page_of(assignment.account)
