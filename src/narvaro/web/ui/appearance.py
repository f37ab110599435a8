"""Light or dark: the system's way until somebody chooses; the choice is kept in a cookie."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

COOKIE = "narvaro_look"
A_YEAR = 365 * 24 * 3600
LOOKS = {"auto": _("som datorn"), "light": _("ljust"), "dark": _("mörkt")}


def look_of(request: HttpRequest) -> str:
    """What was chosen; anything else is the system's way."""
    chosen = request.COOKIES.get(COOKIE, "auto")
    return chosen if chosen in LOOKS else "auto"


def keep_look(answer: HttpResponse, look: str) -> None:
    """Keep a choice; an unknown one forgets what was chosen."""
    if look in LOOKS:
        answer.set_cookie(
            COOKIE,
            look,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        answer.delete_cookie(COOKIE)
