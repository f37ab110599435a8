"""What time it is for the installation: the clock's, or in the demo the day it was started at."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings

from narvaro.web.accounts.clock import STOCKHOLM


def installation_now() -> datetime:
    """The moment that scheduled work is about; in the demo the chosen day at the time of day."""
    clock = datetime.now(UTC)
    if not (settings.DEMO and settings.TODAY):
        return clock
    local = clock.astimezone(STOCKHOLM).time()
    return datetime.combine(settings.TODAY, local, STOCKHOLM).astimezone(UTC)
