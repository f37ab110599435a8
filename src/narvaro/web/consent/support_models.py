"""Support that was offered: its own record, and no consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Unit, opaque
from narvaro.web.consent.items import Who
from narvaro.web.consent.reach import pupils_of
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.sealed import SealedTextField

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer


class Reply(models.TextChoices):
    """What became of support that was offered."""

    WAITING = "", _("inget svar än")
    ACCEPTED = "accepted", _("tackade ja")
    DECLINED = "declined", _("tackade nej")
    NONE = "none", _("svarade inte")


class SupportOffers(models.QuerySet["SupportOffer"]):
    """Offers of support, always in somebody's scope."""

    def visible_to(self, viewer: Viewer, action: str) -> SupportOffers:
        """Those about pupils that the viewer may do the action to."""
        return self.filter(pupil__in=pupils_of(viewer, action))


class SupportOffer(models.Model):
    """Voluntary support that was offered, and whether it was accepted: that is no consent.

    What may be shared never rests on it. `unit` is who would give the support.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="support_offers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    what = SealedTextField()
    offered_on = models.DateField()
    offered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    reply = models.CharField(max_length=10, choices=Reply.choices, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    replied_by = models.CharField(max_length=10, choices=Who.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SupportOffers.as_manager()

    class Meta:
        """An offer of something; answered on a day, or not yet."""

        constraints = (
            models.CheckConstraint(condition=~Q(what=""), name="an_offer_is_of_something"),
            models.CheckConstraint(
                condition=Q(reply="", replied_on__isnull=True, replied_by="")
                | Q(reply=Reply.NONE, replied_on__isnull=False, replied_by="")
                | Q(
                    reply__in=(Reply.ACCEPTED, Reply.DECLINED),
                    replied_on__isnull=False,
                    replied_by__in=Who.values,
                )
                & Q(replied_on__gte=F("offered_on")),
                name="an_offer_is_answered_wholly_or_not_at_all",
            ),
        )
