"""The viewer, for templates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from narvaro.web.accounts.doors import viewer_of


def viewer(request: HttpRequest) -> dict[str, Any]:
    """`viewer` (None when nobody is signed in)."""
    seen = getattr(request, "viewer", None)
    signed_in = hasattr(request, "user") and request.user.is_authenticated
    return {"viewer": seen or (viewer_of(request) if signed_in else None)}
