"""A programme that somebody has taken into use from a day on, as it stood in its file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from narvaro.web.accounts.models import Account, opaque


class ProgrammeInUse(models.Model):
    """From a day it stands in the place of the programme that held then, until another does.

    Until that day it can be undone; after it never changes, and cases that began under it stay.
    `takes_place_of` is the id of the programme that held.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    programme = models.CharField(max_length=64)
    numbered = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    text = models.TextField()
    takes_place_of = models.CharField(max_length=64)
    made_by = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=20, blank=True)
    from_on = models.DateField()
    why = models.CharField(max_length=500)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One programme begins on a day; taken into use with a reason, undone by somebody."""

        ordering = ("-from_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["from_on"],
                condition=Q(undone_at__isnull=True),
                name="one_programme_is_taken_into_use_from_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(why=""), name="a_programme_is_taken_into_use_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="a_programme_in_use_is_undone_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme} {self.numbered}"
