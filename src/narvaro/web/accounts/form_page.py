"""A page with one form: what was written is never lost, and the second of two is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused


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
