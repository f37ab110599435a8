"""What still holds of what was told, worked out each time it is asked for: nothing is kept."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.asking import live_items_of
from narvaro.web.consent.items import Item
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.disclosures.models import Disclosed, Disclosure

READ = "disclosures.read"
NOTHING: frozenset[str] = frozenset()
PLACES = frozenset({str(Item.SCHOOL)})
"""The items that tell where a pupil is: never of somebody whose identity is protected."""


def receiving_units(viewer: Viewer, at: datetime) -> QuerySet[Unit]:
    """The very units at which the viewer serves, in the role acted in, on the day of the moment."""
    if not viewer.may(READ):
        return Unit.objects.none()
    held = viewer.account.assignments.in_force(local_day(at)).filter(role=viewer.role)
    return Unit.objects.filter(assignments__in=held, authority=viewer.authority)


def live_items(found: QuerySet[Disclosure], at: datetime) -> dict[int, frozenset[str]]:
    """What of each disclosure may be read at the moment: empty when nothing may."""
    rows = list(found.select_related("pupil", "consent"))
    told: dict[int, set[str]] = {one.pk: set() for one in rows}
    items = Disclosed.objects.filter(disclosure__in=list(told))
    for disclosure, item in items.values_list("disclosure_id", "item"):
        told[disclosure].add(item)
    given = live_items_of([one.consent for one in rows if one.consent is not None], at=at)
    consented = {pk: frozenset(map(str, live)) for pk, live in given.items()}
    return {one.pk: _live(one, told[one.pk], consented, at=at) for one in rows}


def _live(
    one: Disclosure, told: set[str], consented: dict[int, frozenset[str]], *, at: datetime
) -> frozenset[str]:
    if one.is_ended or one.until_on < local_day(at) or one.pupil.is_counted_only:
        return NOTHING
    live = frozenset(told)
    if one.ground == Ground.CONSENT:
        live &= consented.get(one.consent.pk, NOTHING) if _fits(one) and one.consent else NOTHING
    if one.pupil.is_protected:
        live = live - PLACES if one.for_protected else NOTHING
    return live


def _fits(one: Disclosure) -> bool:
    """The consent is about this pupil and this receiver."""
    consent = one.consent
    return consent is not None and (consent.pupil_id, consent.receiver_id) == (
        one.pupil_id,
        one.receiver_id,
    )
