"""Who one can be in the demo."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role


def demo_people(day: date) -> list[Assignment]:
    """One assignment for each role, in the order of `Role`, in force on the day; else nobody."""
    if not settings.DEMO:
        return []
    found: dict[str, Assignment] = {}
    rows = Assignment.objects.in_force(day).filter(account__is_demo=True)
    for one in rows.select_related("account", "unit").order_by("account__pk", "pk"):
        found.setdefault(one.role, one)
    return [found[role] for role in Role if role in found]
