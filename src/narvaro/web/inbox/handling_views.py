"""The pages of what is flagged and not handled: pupils for the school, counts above it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.models import UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.inbox.handling import counts_of, handling_of


@page("inbox.handling")
def handling(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """High absence and nothing done yet at the viewer's school."""
    shown = handling_of(viewer)
    log_reading(request, shown.subjects)
    crumbs = [(_("Flaggor"), reverse("flags")), (_("Inget gjort än"), "")]
    context = {"page": shown, "crumbs": crumbs, "untouched_url": _untouched(viewer)}
    context["may_write_home"] = viewer.may("documents.letters_to_homes")
    return render(request, "inbox/handling.html", context)


@page("inbox.handling_counts")
def handling_counts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The same for every school in reach, in counts."""
    return render(request, "inbox/handling_counts.html", {"schools": counts_of(viewer)})


def _untouched(viewer: Viewer) -> str:
    """The list of figures with nobody's work noted, for those who may open it."""
    if viewer.unit.kind != UnitKind.SCHOOL or not viewer.may("figures.school_pupils"):
        return ""
    return f"{reverse('figures_list', args=[viewer.unit.public_id])}?visa=inget-gjort"
