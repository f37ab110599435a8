"""What somebody searched for, kept in the session: a name never stands in an address."""

from __future__ import annotations

from django.http import HttpRequest

from narvaro.web.accounts.models import opaque

KEPT = "people_searches"
MOST = 10  # the latest; an older one is asked for again
LONGEST = 80


def remember(request: HttpRequest, text: str) -> str:
    """Keep what was searched for. Returns what stands for it in the address."""
    name = opaque()
    before = list(request.session.get(KEPT, {}).items())
    request.session[KEPT] = dict([*before[-MOST + 1 :], (name, text[:LONGEST])])
    return name


def recalled(request: HttpRequest, name: str) -> str | None:
    """What was searched for under a name; None when it is no longer known."""
    found = request.session.get(KEPT, {}).get(name)
    return found if isinstance(found, str) else None
