"""The school's own part of a plan: a table of its own, never shared with another authority."""

from __future__ import annotations

from django.db import models

from narvaro.web.accounts.models import Account
from narvaro.web.plans.models.plan import PlanVersion
from narvaro.web.pupils.sealed import SealedTextField


class OwnPart(models.Model):
    """What the school does inside its own house, and what only the school needs to know.

    Signed and locked with its version; its hash is its own, so that the shared part can be
    checked without it.
    """

    of = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="own_part")
    does = SealedTextField(blank=True)
    knows = SealedTextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64, blank=True)
