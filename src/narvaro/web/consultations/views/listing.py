"""The list of consultations, one of them, and who came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.attendance import schools_rows, terms_until
from narvaro.web.consultations.lists import list_page
from narvaro.web.consultations.pages import slot_page
from narvaro.web.consultations.views.found import slot_found


@page("consultations.list")
def consultations(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is booked, what can be booked, and what has been."""
    context = {
        "page": list_page(viewer),
        "may_offer": viewer.may("consultations.offer"),
        "may_book": viewer.may("consultations.book"),
    }
    return render(request, "consultations/list.html", context)


@page("consultations.slot")
def consultation(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One time."""
    found = slot_found(viewer, public_id, "consultations.slot")
    context = {
        "page": slot_page(viewer, found),
        "crumbs": [(_("Konsultationer"), reverse("consultations")), (_("En tid"), "")],
    }
    return render(request, "consultations/slot.html", context)


@page("consultations.attendance")
def attendance(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who came, by school and term: counts of places."""
    context = {
        "schools": schools_rows(viewer, "consultations.attendance"),
        "terms": terms_until(viewer.today),
    }
    return render(request, "consultations/attendance.html", context)
