"""Who opened which pupil in an emergency, who was told, and what a second person found."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Assignment, Unit, opaque
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.sealed import SealedTextField

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

OPEN_FOR = timedelta(hours=3)


class Why(models.TextChoices):
    """What the emergency is; the code is what the log keeps."""

    DANGER = "danger", _("Fara för elevens liv eller hälsa")
    MISSING = "missing", _("Eleven är borta och behöver hittas")
    ILLNESS = "illness", _("Olycka eller akut sjukdom")
    EVACUATION = "evacuation", _("Utrymning eller annan kris på skolan")


class Openings(models.QuerySet["Opening"]):
    """Openings, by who looks."""

    def visible_to(self, viewer: Viewer, action: str) -> Openings:
        """One's own, in the role they were made in; to who reviews, those of others in reach."""
        reach = viewer.reach(action)
        told = self.filter(opened_at__lte=viewer.now)
        if reach.is_self:
            return told.filter(assignment=viewer.assignment, account=viewer.account)
        return told.filter(school__in=reach.unit_ids).exclude(account=viewer.account)

    def open_at(self, moment: datetime) -> Openings:
        """Those whose three hours hold the moment."""
        return self.filter(opened_at__lte=moment, opened_at__gt=moment - OPEN_FOR)


class Opening(models.Model):
    """Somebody opened a pupil out of their reach; never changed, never removed.

    When it ends is counted from `opened_at` and kept nowhere, so that nothing can move it.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=12, choices=Why.choices)
    words = SealedTextField()
    opened_at = models.DateTimeField()

    objects = Openings.as_manager()

    class Meta:
        """A reason is one of those there are."""

        indexes = (models.Index(fields=["account", "opened_at"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(why__in=Why.values), name="an_opening_has_a_reason_of_the_list"
            ),
        )

    @property
    def ends_at(self) -> datetime:
        """Three hours after it was opened."""
        return self.opened_at + OPEN_FOR


class Told(models.Model):
    """Somebody who was told of an opening when it was made."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="told")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Told once."""

        constraints = (
            models.UniqueConstraint(fields=["opening", "account"], name="told_once_of_an_opening"),
        )


class Finding(models.TextChoices):
    """What a review found."""

    NEEDED = "needed", _("Det behövdes")
    NOT_NEEDED = "not_needed", _("Det behövdes inte")


class Review(models.Model):
    """What a second person found; one for each opening, never changed."""

    opening = models.OneToOneField(Opening, on_delete=models.PROTECT, related_name="review")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    finding = models.CharField(max_length=12, choices=Finding.choices)
    words = SealedTextField()

    class Meta:
        """A finding is one of those there are."""

        constraints = (
            models.CheckConstraint(
                condition=Q(finding__in=Finding.values), name="a_review_has_a_finding_of_the_list"
            ),
        )
