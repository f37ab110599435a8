"""Somebody invited for one item of a meeting, and for nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from narvaro.web.accounts.models import Account, opaque
from narvaro.web.meetings.models.agenda import AgendaItem
from narvaro.web.pupils.models import Pupil

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer


class Guests(models.QuerySet["Guest"]):
    """Guests, in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Guests:
        """Invitations about the viewer's own pupils, while the item stands: co-mentors see them too."""
        mine = Pupil.objects.visible_to(viewer, action)
        return self.filter(
            item__pupil__in=mine,
            item__struck_at=None,
            invited_at__lte=viewer.now,
        )


class Guest(models.Model):
    """A mentor asked to come for an own pupil: when, and what to prepare. The rest is not shown."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="guests")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    prepare = models.CharField(max_length=300, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    objects = Guests.as_manager()

    class Meta:
        """Nobody is asked twice for an item."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["item", "account"], name="a_guest_is_asked_once_for_an_item"
            ),
        )
