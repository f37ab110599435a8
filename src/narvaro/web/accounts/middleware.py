"""A session ends after a time without use, and after a time in all."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

BEGAN, USED = "session_began", "session_used"


class SessionLimits:
    """Signs out who has been away too long, or signed in too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._hold(request)
        return self.get_response(request)

    def _hold(self, request: HttpRequest) -> None:
        now = int(time.time())
        began = request.session.setdefault(BEGAN, now)
        used = request.session.get(USED, now)
        idle, longest = settings.IDLE_LIMIT_MINUTES * 60, settings.SESSION_LIMIT_HOURS * 3600
        if now - used > idle or now - began > longest or now < used - 300:
            logout(request)
        elif now - used >= 60 or USED not in request.session:
            request.session[USED] = now
