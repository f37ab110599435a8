"""What was told to another authority: the act, its items as they were, and who has looked."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from narvaro.web.accounts.models import Account, Unit, opaque
from narvaro.web.accounts.roles import Role
from narvaro.web.cases.models import Case
from narvaro.web.consent.items import Item
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.grounds import Because, Ground
from narvaro.web.disclosures.live import live_items, receiving_units
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.sealed import SealedTextField

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

_CONSENT = Q(ground=Ground.CONSENT, consent__isnull=False, paragraph="", reasoning="")
_DUTY = Q(ground=Ground.DUTY, consent__isnull=True, reasoning="") & ~Q(paragraph="")
_HARM_TEST = Q(ground=Ground.HARM_TEST, consent__isnull=True) & ~Q(reasoning="")
_GOING_ON = Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
_ENDED = Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")


def pupils_of(viewer: Viewer, action: str) -> models.QuerySet[Pupil]:
    """The pupils whom the viewer may do the action to: in reach, or in a case given to them."""
    if viewer.reach(action).is_self:
        given = Case.objects.visible_to(viewer, action).still_open()
        return Pupil.objects.filter(pk__in=given.values("pupil"), authority=viewer.authority)
    return Pupil.objects.visible_to(viewer, action).filter(authority=viewer.authority)


class Disclosures(models.QuerySet["Disclosure"]):
    """Disclosures: of the side that made them, or, only while they live, of the receiver."""

    def visible_to(self, viewer: Viewer, action: str) -> Disclosures:
        """Those about pupils whom the viewer may do the action to: the side that discloses."""
        return self.filter(pupil__in=pupils_of(viewer, action))

    def live_for(self, viewer: Viewer, at: datetime) -> Disclosures:
        """Those that the viewer's own unit was told and that still hold, asked at this moment.

        The only way for the pages of other authorities: no flag is kept anywhere. A disclosure
        on consent lives while the consent does; nothing lives for who does not serve at the
        receiving unit on the day.
        """
        held = live_items(self._told_to(viewer, at), at)
        return self.filter(pk__in=[pk for pk, items in held.items() if items])

    def _told_to(self, viewer: Viewer, at: datetime) -> Disclosures:
        mine = self.filter(receiver__in=receiving_units(viewer, at), made_at__lte=at)
        return mine.exclude(pupil__authority=viewer.authority)


class Disclosure(models.Model):
    """Items about a pupil, told to a unit of another authority on a ground, until a day.

    `key` is given by the form: the same form sent twice is one disclosure. `for_protected`: it
    was made knowing that the pupil's identity is protected; others are held back from the
    moment such a marking comes. The database refuses a row without its ground, and any change
    but the end.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    key = models.CharField(max_length=22, unique=True, default=opaque)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="disclosures")
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="disclosures"
    )
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="disclosures")
    ground = models.CharField(max_length=10, choices=Ground.choices)
    consent = models.ForeignKey(
        Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="disclosures"
    )
    paragraph = models.CharField(max_length=120, blank=True)
    reasoning = SealedTextField(blank=True)
    purpose = SealedTextField()
    item_count = models.PositiveSmallIntegerField()
    for_protected = models.BooleanField(default=False)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_as = models.CharField(max_length=40, choices=Role.choices)
    made_at = models.DateTimeField()
    until_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_because = models.CharField(max_length=10, choices=Because.choices, blank=True)

    objects = Disclosures.as_manager()

    class Meta:
        """No ground, no disclosure; ended wholly or not at all."""

        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=_CONSENT | _DUTY | _HARM_TEST, name="a_disclosure_has_its_ground"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="a_disclosure_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(item_count__gte=1), name="a_disclosure_is_of_something"
            ),
            models.CheckConstraint(
                condition=_GOING_ON | _ENDED, name="a_disclosure_is_ended_wholly_or_not_at_all"
            ),
        )

    @property
    def is_ended(self) -> bool:
        """Somebody has ended it, or the consent it stood on went."""
        return self.ended_at is not None


class DisclosedItems(models.QuerySet["Disclosed"]):
    """Items of disclosures."""

    def live_for(self, viewer: Viewer, at: datetime) -> DisclosedItems:
        """The items that the viewer's own unit may read at this moment; see `Disclosures`."""
        held = live_items(Disclosure.objects.all()._told_to(viewer, at), at)
        live = Q(pk__in=())
        for pk, items in held.items():
            live |= Q(disclosure=pk, item__in=items)
        return self.filter(live)


class Disclosed(models.Model):
    """One item as it was shown before it was sent: frozen, sealed, with a hash over it."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="items")
    item = models.CharField(max_length=20, choices=Item.choices)
    content_sealed = SealedTextField()
    content_hash = models.CharField(max_length=64)
    as_of = models.DateTimeField(null=True, blank=True)

    objects = DisclosedItems.as_manager()

    class Meta:
        """An item once in a disclosure; it shows something."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["disclosure", "item"], name="an_item_once_in_a_disclosure"
            ),
            models.CheckConstraint(
                condition=~Q(content_sealed="") & ~Q(content_hash=""),
                name="a_disclosed_item_shows_something",
            ),
        )

    @property
    def content(self) -> Any:
        """What was frozen, as plain values."""
        return json.loads(self.content_sealed)


class Looked(models.Model):
    """Somebody of the receiver who opened a disclosure, and the items that were shown then."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="looks")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    items = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        """In the order they looked."""

        ordering = ("at", "pk")
