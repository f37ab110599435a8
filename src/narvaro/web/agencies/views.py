"""Pages about agencies: all of them, one, its versions, and who answers for what."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.models import Authority
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies import actions
from narvaro.web.agencies.forms import TEXTS, AgencyForm, as_it_stands, shares_of
from narvaro.web.agencies.matrix import matrix_for, steps_for
from narvaro.web.agencies.models import AgencyPage
from narvaro.web.agencies.pages import agency_rows, one_page
from narvaro.web.agencies.paper import matrix_pdf
from narvaro.web.agencies.scope import agencies_for


@page("agencies.list")
def every(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The agencies worked with, who answers for each, and where nobody does."""
    rows = agency_rows(viewer, "agencies.list")
    context = {"rows": rows, "may_add": viewer.may("agencies.add")}
    return render(request, "agencies/list.html", context)


@page("agencies.agency")
def agency(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What an agency says of itself."""
    found = _found(viewer, public_id, "agencies.agency")
    return _shown(request, viewer, found, None)


@page("agencies.version")
def version(request: HttpRequest, viewer: Viewer, public_id: str, number: int) -> HttpResponse:
    """What it said before."""
    found = _found(viewer, public_id, "agencies.version")
    return _shown(request, viewer, found, number)


@page("agencies.write")
def write(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """An agency's own contact writes its page anew."""
    found = _found(viewer, public_id, "agencies.write")
    steps = steps_for(found, viewer.today)
    form = AgencyForm(request.POST or None, steps=steps, initial=as_it_stands(_newest(found)))

    def do(said: dict[str, Any]) -> None:
        actions.write_page(
            authority=found,
            texts={name: said[name] for name in TEXTS},
            shares=shares_of(said, steps),
            opened_number=said["version"],
            by=viewer,
            at=viewer.now,
        )

    return form_page(
        request,
        form,
        do,
        title=_("Skriv er sida"),
        verb=_("Spara"),
        back=reverse("agency", args=[found.public_id]),
        now=lambda: as_it_stands(_newest(found)),
        lead=_("Skolorna ser den så snart ni sparar. Det som stod förut finns kvar."),
        crumbs=[*_crumbs(), (found.name, reverse("agency", args=[found.public_id]))],
    )


@page("agencies.responsibilities")
def responsibilities(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The steps of the routine beside what each agency answers for."""
    context = {"matrix": matrix_for(viewer), "crumbs": [*_crumbs(), (_("Vem ansvarar"), "")]}
    return render(request, "agencies/responsibilities.html", context)


@page("agencies.responsibilities_pdf")
def responsibilities_pdf(_request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The same on paper."""
    matrix = matrix_for(viewer)
    if matrix is None:
        raise Http404
    answer = HttpResponse(matrix_pdf(matrix, viewer), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="ansvar-{viewer.today}.pdf"'
    return answer


def _shown(
    request: HttpRequest, viewer: Viewer, authority: Authority, number: int | None
) -> HttpResponse:
    shown = one_page(viewer, authority, number)
    if shown is None:
        raise Http404
    context = {"page": shown, "crumbs": [*_crumbs(), (authority.name, "")]}
    return render(request, "agencies/agency.html", context)


def _found(viewer: Viewer, public_id: str, action: str) -> Authority:
    return get_object_or_404(agencies_for(viewer, action), public_id=public_id)


def _newest(authority: Authority) -> AgencyPage | None:
    return AgencyPage.objects.filter(authority=authority).order_by("-number").first()


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Verksamheter"), reverse("agencies"))]
