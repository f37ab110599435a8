"""What the law asks for, as recorded events: that it was done, by whom and when."""

from __future__ import annotations

from django.db import models

from narvaro.web.accounts.models import Account, opaque
from narvaro.web.cases.models.case import Case


class LegalEvent(models.Model):
    """A duty done. `duty` is its id among the duties of `narvaro.programmes`.

    Of a report to social services only that it was made, by whom and when: the duty is personal,
    nobody approves it, and what it says is not kept here.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="legal_events")
    duty = models.CharField(max_length=64)
    on = models.DateField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        """In the order they happened."""

        ordering = ("on", "pk")
