"""A page with one form about a case: the log is told, and who was second is shown both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.cases.views.finding import told_the_log
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
    )
