"""An assignment as a form says it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from narvaro.web.accounts.actions import Duty
from narvaro.web.accounts.roles import Role


def duty(said: dict[str, Any]) -> Duty:
    """The role, unit, time and percentage that were chosen."""
    return Duty(
        Role(said["role"]),
        said["unit"],
        said["from_on"],
        said.get("to_on"),
        said.get("percentage", 100),
    )


def chosen(request: HttpRequest) -> dict[str, str]:
    """What a link to a form chose beforehand."""
    return {
        field: sent[:40]
        for field, word in (("role", "roll"), ("unit", "enhet"))
        if (sent := request.GET.get(word)) is not None
    }
