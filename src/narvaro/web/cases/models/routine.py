"""The routine as it stood when a case began to follow it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from narvaro.web.accounts.models import Account, Unit, opaque


class Routine(models.Model):
    """One version of a programme's file, kept as it stood: a running case stays on it (A-R-31).

    Kept by what the file says, not by the number its author gave it: a file changed without a
    new number is another routine.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    programme = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.programme} {self.version}"


class Adaptation(models.Model):
    """What a school does otherwise, from a day to a day: a difference, never a copy (A-R-32)."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="adaptations")
    routine = models.ForeignKey(Routine, on_delete=models.PROTECT, related_name="adaptations")
    text = models.TextField()
    why = models.TextField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_why = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One adaptation at a time, with a reason."""

        constraints = (
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="an_adaptation_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["school", "routine"],
                condition=Q(to_on__isnull=True),
                name="one_adaptation_of_a_routine_at_a_school",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="an_adaptation_has_a_reason"),
        )
