"""Who one can be in the demo."""

from __future__ import annotations

from django.conf import settings

from narvaro.web.accounts.models import Assignment


def demo_people() -> list[Assignment]:
    """The demo's invented people, each with the role shown on the start page; else nobody."""
    if not settings.DEMO:
        return []
    return list(
        Assignment.objects.filter(account__is_demo=True)
        .select_related("account", "unit")
        .order_by("pk")
    )
