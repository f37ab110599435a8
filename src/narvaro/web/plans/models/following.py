"""How a plan was followed up: written once, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, opaque
from narvaro.web.plans.models.plan import PlanVersion
from narvaro.web.pupils.sealed import SealedTextField


class Outcome(models.TextChoices):
    """What follows of a follow-up."""

    GOES_ON = "goes_on", _("Planen fortsätter i en ny version")
    ENDS = "ends", _("Planen avslutas")


class FollowUp(models.Model):
    """A signed version looked at again: what came of it, and what follows."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    of = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="followed_up")
    on = models.DateField()
    words = SealedTextField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """It says something, and what follows."""

        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="a_follow_up_says_what_came_of_it"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="a_follow_up_says_what_follows"
            ),
        )
