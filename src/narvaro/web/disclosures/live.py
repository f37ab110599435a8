"""What still holds of what was told, worked out each time it is asked for: nothing is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.asking import live_items_of
from narvaro.web.consent.items import Item
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.pupils.models import Pupil

READ = "disclosures.read"
NOTHING: frozenset[str] = frozenset()
PLACES = frozenset({str(Item.SCHOOL)})
"""The items that tell where a pupil is: never of somebody whose identity is protected."""


@dataclass(frozen=True, slots=True)
class Told:
    """A disclosure as the rule sees it."""

    pupil: Pupil
    receiver: int
    ground: Ground
    consent: Consent | None
    until_on: date
    is_ended: bool
    for_protected: bool
    items: frozenset[str]


def receiving_units(viewer: Viewer, at: datetime) -> QuerySet[Unit]:
    """The very units at which the viewer serves, in the role acted in, on the day of the moment."""
    if not viewer.may(READ):
        return Unit.objects.none()
    held = viewer.account.assignments.in_force(local_day(at)).filter(role=viewer.role)
    return Unit.objects.filter(assignments__in=held, authority=viewer.authority)


def live_items(found: QuerySet[Any], at: datetime) -> dict[int, frozenset[str]]:
    """What of each disclosure (by database id) may be read at the moment: empty when nothing may.

    A handful of questions to the database however many the disclosures are.
    """
    told = _told(found)
    consents = {one.consent.pk: one.consent for one in told.values() if one.consent is not None}
    given = live_items_of(list(consents.values()), at=at)
    consented = {pk: frozenset(map(str, items)) for pk, items in given.items()}
    return {pk: what_lives(one, consented, at) for pk, one in told.items()}


def what_lives(one: Told, consented: Mapping[int, frozenset[str]], at: datetime) -> frozenset[str]:
    """The rule: `consented` is what each consent lets through at the moment."""
    if one.is_ended or one.until_on < local_day(at) or one.pupil.is_counted_only:
        return NOTHING
    live = one.items
    if one.ground == Ground.CONSENT:
        live &= _consented(one, consented)
    if one.pupil.is_protected:
        live = live - PLACES if one.for_protected else NOTHING
    return live


def _consented(one: Told, consented: Mapping[int, frozenset[str]]) -> frozenset[str]:
    """What the consent lets through, if it is about this pupil and this receiver."""
    consent = one.consent
    if consent is None or (consent.pupil_id, consent.receiver_id) != (one.pupil.pk, one.receiver):
        return NOTHING
    return consented.get(consent.pk, NOTHING)


def _told(found: QuerySet[Any]) -> dict[int, Told]:
    items: dict[int, set[str]] = defaultdict(set)
    for pk, item in found.order_by().values_list("pk", "items__item"):
        if item is not None:
            items[pk].add(item)
    return {
        one.pk: Told(
            one.pupil,
            one.receiver_id,
            Ground(one.ground),
            one.consent,
            one.until_on,
            one.is_ended,
            one.for_protected,
            frozenset(items[one.pk]),
        )
        for one in found.select_related("pupil", "consent__pupil")
    }
