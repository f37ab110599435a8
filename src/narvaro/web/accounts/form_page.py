"""A page with one form: what was written is never lost, and the second of two is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from narvaro.web.accounts.as_it_stands import WORDS
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.ui.both import Both, both_of


def form_page(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    verb: str,
    back: str,
    now: Callable[[], Mapping[str, Any]] | None = None,
    lead: str = "",
    crumbs: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """Show a form, or do what it says and go back. Nothing that was written is ever lost.

    `now` tells how what the form is about stands now, with its version, for the one who was
    second: both are shown, and the same form saves the draft over what stands.
    """
    status = 200
    both: Sequence[Both] = ()
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        except ChangedMeanwhile:
            both, verb, status = _both(form, now), _("Spara det jag skrev"), 409
        else:
            messages.success(request, _("Sparat."))
            return redirect(back)
    context = {"form": form, "page_title": title, "verb": verb, "back": back, "sentence": lead}
    context |= {"both": both, "crumbs": crumbs}
    return render(request, "accounts/form.html", context, status=status)


def _both(form: forms.Form, now: Callable[[], Mapping[str, Any]] | None) -> Sequence[Both]:
    """What stands now beside the draft; the draft is as it was, and its version the present one."""
    if now is None:
        return ()
    theirs = now()
    form.data = {**form.data.dict(), "version": str(theirs["version"])}  # type: ignore[attr-defined]
    return both_of(form, theirs, words=WORDS)
