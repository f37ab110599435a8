"""What every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(_request: HttpRequest) -> dict[str, Any]:
    """`is_demo`: the demo's strip is shown."""
    return {"is_demo": settings.DEMO}
