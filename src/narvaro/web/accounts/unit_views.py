"""Pages of units: who serves there, what is vacant, and where they hang in the tree."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts import as_it_stands, unit_actions
from narvaro.web.accounts import forms as asked
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.people_pages import unit_page
from narvaro.web.accounts.viewer import Viewer


@page("accounts.unit")
def unit(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A unit on a day: today, or the one that was asked for."""
    found = _unit(viewer, "accounts.unit", public_id)
    shown = unit_page(found, day=_day(request) or viewer.today)
    context = {
        "page": shown,
        "manages": viewer.may("accounts.give_role"),
        "reachable": viewer.reach("accounts.unit").unit_ids,
    }
    return render(request, "accounts/unit.html", context)


@page("accounts.add_unit")
def add_unit(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A new unit."""
    form = asked.AddUnitForm(request.POST or None, viewer=viewer, initial={"from_on": viewer.today})

    def do(said: dict[str, Any]) -> None:
        kind = UnitKind(said.pop("kind"))
        unit_actions.add_unit(kind=kind, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Lägg till en enhet"),
        verb=_("Lägg till"),
        back=reverse("people"),
    )


@page("accounts.move_unit")
def move_unit(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Hang a unit elsewhere from a day on."""
    found = _unit(viewer, "accounts.move_unit", public_id)
    form = asked.MoveForm(
        request.POST or None,
        viewer=viewer,
        initial={"from_on": viewer.today, "version": found.version},
    )

    def do(said: dict[str, Any]) -> None:
        unit_actions.move_unit(unit=found, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Flytta %(name)s i organisationen") % {"name": found.name},
        verb=_("Flytta"),
        back=_page_of(found),
        now=lambda: as_it_stands.unit(found),
        lead=_("Var enheten låg till och med dagen före står kvar. Inget räknas om bakåt."),
    )


@page("accounts.close_unit")
def close_unit(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The last day of a unit."""
    found = _unit(viewer, "accounts.close_unit", public_id)
    form = asked.CloseForm(
        request.POST or None, initial={"last_on": viewer.today, "version": found.version}
    )

    def do(said: dict[str, Any]) -> None:
        unit_actions.close_unit(unit=found, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Upplös %(name)s") % {"name": found.name},
        verb=_("Upplös enheten"),
        back=_page_of(found),
        now=lambda: as_it_stands.unit(found),
    )


def _unit(viewer: Viewer, action: str, public_id: str) -> Unit:
    mine = Unit.objects.filter(pk__in=viewer.reach(action).unit_ids)
    return get_object_or_404(mine.select_related("authority"), public_id=public_id)


def _day(request: HttpRequest) -> date | None:
    try:
        found = date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None


def _page_of(found: Unit) -> str:
    return reverse("unit", args=[found.public_id])
