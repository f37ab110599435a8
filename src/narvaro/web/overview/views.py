"""The start page and the work queue."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from narvaro.web.accounts.clock import today_of
from narvaro.web.accounts.doors import page, public_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.accounts.views import own_path
from narvaro.web.overview.demo_people import demo_groups
from narvaro.web.overview.pages import home_page


@public_page("start")
def start(request: HttpRequest) -> HttpResponse:
    """The first page: sign in, or in the demo choose somebody to be."""
    groups = demo_groups(today_of(request))
    if request.user.is_authenticated and not (groups and "valj" in request.GET):
        return redirect("home")
    context = {"groups": groups, "next": own_path(request.GET.get("next", ""), request)}
    return render(request, "overview/start.html", context)


@page("home")
def home(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is to be done, and beside it what one needs to know."""
    shown = home_page(viewer)
    template = "overview/agency_inbox.html" if shown.is_inbox else "overview/home.html"
    return render(request, template, {"page": shown})
