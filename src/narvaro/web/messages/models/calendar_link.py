"""A personal address of one's own calendar, until it is taken back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from narvaro.web.accounts.models import Account, opaque


class CalendarLink(models.Model):
    """Lets a calendar program read one person's meetings and deadlines, and do nothing else.

    The address holds `public_id`, signed; whoever has it reads until `revoked_at`.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One link in use for each person."""

        constraints = (
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(revoked_at=None),
                name="one_calendar_link_for_each_person",
            ),
        )
