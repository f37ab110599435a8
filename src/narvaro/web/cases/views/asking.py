"""A page with one form about a case: the log is told, and who was second is shown both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.links import case_url
from narvaro.web.cases.models import Case
from narvaro.web.cases.views.finding import told_the_log
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.pages import name_of


def ask(
    request: HttpRequest,
    viewer: Viewer,
    case: Case,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    verb: str,
    lead: str = "",
    now: Callable[[], Mapping[str, Any]] | None = None,
    back: str = "",
) -> HttpResponse:
    """Show the form, or do what it says and go back to the case."""
    if away := told_the_log(request, viewer, case):
        return away
    return form_page(
        request,
        form,
        do,
        title=title,
        verb=verb,
        back=back or reverse("case", args=[case.public_id]),
        now=now,
        lead=f"{name_of(case.pupil)}. {lead}",
        crumbs=[*way_to(case, viewer), (title, "")],
    )


def way_to(case: Case, viewer: Viewer) -> list[tuple[str, str]]:
    """The way down to a case: its pupil, and the case."""
    return [
        pupil_crumb(case.pupil, viewer),
        (_("Ärende"), case_url(case, viewer)),
    ]


def pupil_crumb(pupil: Pupil, viewer: Viewer) -> tuple[str, str]:
    """The pupil by name, with the pupil's page for who may open it."""
    page = reverse("pupil", args=[pupil.public_id]) if viewer.may("pupils.pupil") else ""
    return name_of(pupil), page
