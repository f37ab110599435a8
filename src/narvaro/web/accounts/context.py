"""The viewer and the day, for templates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from narvaro.web.accounts.clock import today_of
from narvaro.web.accounts.doors import viewer_of


def viewer(request: HttpRequest) -> dict[str, Any]:
    """`viewer` (None when nobody is signed in) and `today`, the request's day."""
    seen = getattr(request, "viewer", None)
    signed_in = hasattr(request, "user") and request.user.is_authenticated
    return {
        "viewer": seen or (viewer_of(request) if signed_in else None),
        "today": today_of(request),
    }
