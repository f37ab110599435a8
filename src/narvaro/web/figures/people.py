"""Which pupils a page may name, which it may not even count, and who is to act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Assignment, Authority, Unit, on_day
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts import Facts, facts_of
from narvaro.web.pupils.models import Protection, Pupil


@dataclass(frozen=True, slots=True)
class Named:
    """A pupil as a list shows one."""

    public_id: str
    name: str
    url: str


def named(viewer: Viewer, action: str, keys: Iterable[str]) -> dict[str, Named]:
    """Those of some pupils whom a list may name to the viewer, by key; nobody protected."""
    mine = Pupil.objects.named_to(viewer, action).filter(key__in=list(keys))
    return {
        one.key: Named(one.public_id, one.name or _("Elev utan namn"), pupil_url(one.public_id))
        for one in mine
    }


def pupil_url(public_id: str) -> str:
    """The pupil's page."""
    try:
        return reverse("pupil", args=[public_id])
    except NoReverseMatch:
        return ""


def uncounted(authority: Authority) -> frozenset[str]:
    """Pupils whom no page of counts counts: everybody protected.

    A sum that held one more pupil than the list under it would tell that somebody is hidden.
    """
    marked = Pupil.objects.filter(authority=authority).exclude(protection=Protection.NONE)
    return frozenset(marked.values_list("key", flat=True))


def counted_facts(viewer: Viewer) -> Facts | None:
    """The facts that every page of counts is made of, at every level: of all but the protected.

    The same pupils at a school, in its trend, in a workbook and in the municipality, so that no
    difference between two of them is a protected pupil.
    """
    facts = facts_of(viewer)
    return None if facts is None else facts.without(uncounted(viewer.authority))


def mentors(classes: Iterable[Unit], viewer: Viewer) -> Mapping[str, str]:
    """Class name → who is its mentor on the day; an empty text where the post is vacant."""
    keys = [one.pk for one in classes]
    held = Assignment.objects.filter(
        on_day(viewer.today), Q(role=Role.MENTOR), unit__in=keys
    ).select_related("account", "unit")
    found: dict[str, str] = {}
    for one in held.order_by("pk"):
        name = one.account.name if one.account is not None else ""
        class_ = one.unit.key.partition("/")[2]
        found[class_] = found.get(class_) or name
    return found
