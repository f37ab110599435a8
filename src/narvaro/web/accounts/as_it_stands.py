"""How people, assignments and units stand now, for the forms that change them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Assignment, Unit

WORDS: Mapping[str, Any] = {
    "percentage": _("Omfattning i procent av heltid"),
    "last_on": _("Sista dag"),
    "parent": _("Ligger under"),
    "from_on": _("Från och med"),
}
"""What stands, by its name, for a form that does not ask about it."""


def person(account: Account) -> dict[str, Any]:
    """Name, open or closed."""
    found = Account.objects.get(pk=account.pk)
    return {"name": found.name, "is_active": found.is_active, "version": found.version}


def assignment(one: Assignment) -> dict[str, Any]:
    """How much, and until when."""
    found = Assignment.objects.get(pk=one.pk)
    return {"percentage": found.percentage, "last_on": found.to_on, "version": found.version}


def unit(one: Unit) -> dict[str, Any]:
    """Where it hangs, since when, and until when."""
    found = Unit.objects.get(pk=one.pk)
    placed = found.placements.select_related("parent").order_by("from_on").last()
    if placed is None:
        return {"version": found.version}
    return {
        "parent": placed.parent,
        "from_on": placed.from_on,
        "last_on": placed.to_on,
        "version": found.version,
    }
