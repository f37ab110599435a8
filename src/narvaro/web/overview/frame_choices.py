"""The language and the look of the pages, and the page that shows nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from narvaro.web.accounts.doors import public_page
from narvaro.web.ui.appearance import keep_look


@public_page("language")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Swedish or English, kept in a cookie; back to the page one came from."""
    return set_language(request)


@public_page("appearance")
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the computer; back to the page one came from."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    answer = redirect(wanted if is_ours else "start")
    keep_look(answer, request.POST.get("look", ""))
    return answer


@public_page("hidden")
def hidden(request: HttpRequest) -> HttpResponse:
    """Where "Dölj skärmen" leads when scripts are off: a page with nothing on it."""
    return render(request, "overview/hidden.html")
