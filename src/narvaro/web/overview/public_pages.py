"""Pages for everyone: how absence is counted, accessibility, personal data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from narvaro.web.accounts.doors import public_page


@public_page("counting")
def counting(request: HttpRequest) -> HttpResponse:
    """How absence is counted, from the lesson to the flag."""
    return render(request, "overview/counting.html")


@public_page("accessibility")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "overview/accessibility.html")


@public_page("privacy")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, and who sees it."""
    return render(request, "overview/privacy.html")
