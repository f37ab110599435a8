"""Choosing whom to be in the demo, and which role to act in."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from narvaro.web.accounts.clock import DAY_IN_SESSION, now_of
from narvaro.web.accounts.doors import ACTING_AS, page, public_page
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.ui.registry import day_moved

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public_page("demo.sign_in")
@require_POST
def demo_sign_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """Be one of the demo's invented people. Outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    mine = get_object_or_404(Assignment, public_id=public_id, account__is_demo=True)
    account = mine.account
    assert isinstance(account, Account)  # noqa: S101
    login(request, account, backend=BACKEND)
    request.session[ACTING_AS] = mine.public_id
    return redirect(own_path(request.POST.get("next", ""), request) or "home")


def own_path(asked: str, request: HttpRequest) -> str:
    """An address of ours to go on to, as a link in a mail has it; empty when it is not ours."""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if is_ours else ""


@public_page("demo.day")
@require_POST
def demo_day(request: HttpRequest) -> HttpResponse:
    """Move the demo's day in this browser. Outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    try:
        request.session[DAY_IN_SESSION] = date.fromisoformat(
            request.POST.get("day", "")
        ).isoformat()
    except ValueError:
        request.session.pop(DAY_IN_SESSION, None)
    day_moved(now_of(request))
    return redirect("home" if request.user.is_authenticated else "start")


@page("account.act_as")
@require_POST
def act_as(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Act in another of one's own assignments."""
    mine = viewer.account.assignments.in_force(viewer.today)
    request.session[ACTING_AS] = get_object_or_404(mine, public_id=public_id).public_id
    return redirect("home")
