"""What every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from narvaro.web.ui.appearance import LOOKS, look_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """`is_demo`: the demo's strip is shown. `look`: auto, light or dark; `looks` the choices."""
    return {"is_demo": settings.DEMO, "look": look_of(request), "looks": LOOKS.items()}
