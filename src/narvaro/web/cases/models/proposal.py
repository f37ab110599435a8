"""A routine from elsewhere: kept to be looked at. It takes no effect until it is taken into use."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from narvaro.web.accounts.models import Account, Authority, opaque
from narvaro.web.projects.models import ProgrammeInUse


class RoutineProposal(models.Model):
    """A package as it came, already checked. It lies here and not among the programmes, which count.

    `digest`: SHA-256 of the package. `in_use` once it has been taken into use; put aside when
    somebody has said no to it.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    in_use = models.OneToOneField(
        ProgrammeInUse, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    aside_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    aside_at = models.DateTimeField(null=True, blank=True)
    aside_why = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The newest first; the same package waits once; what is used is not put aside."""

        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["authority", "digest"],
                condition=Q(aside_at__isnull=True, in_use__isnull=True),
                name="a_package_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(aside_at__isnull=True, aside_by__isnull=True, aside_why="")
                | (Q(aside_at__isnull=False, aside_by__isnull=False) & ~Q(aside_why="")),
                name="a_proposal_is_put_aside_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(aside_at__isnull=True) | Q(in_use__isnull=True),
                name="a_routine_in_use_is_not_put_aside",
            ),
        )

    def __str__(self) -> str:
        return self.public_id
