"""The library of the routine's documents: one place, every version kept, approved by name (P18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from narvaro.web.accounts.models import Account, Authority, opaque
from narvaro.web.accounts.permissions import ACTIONS, Relation

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

LONGEST = 60_000


class RoutineDocuments(models.QuerySet["RoutineDocument"]):
    """Documents of routines, in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> RoutineDocuments:
        """Those of the viewer's authority; of those it works together with what is published."""
        reach = viewer.reach(action)
        if reach.authority is None or reach.is_empty:
            return self.none()
        own = Q(authority=reach.authority)
        area = reach.authority.collaboration_area_id
        across = ACTIONS[action].may[viewer.role] == Relation.COLLABORATION_AREA
        if across and area is not None:
            published = Q(versions__published_at__isnull=False)
            return self.filter(own | (published & Q(authority__collaboration_area=area))).distinct()
        return self.filter(own)


class RoutineDocument(models.Model):
    """One document of an authority's routine. `form_id`: the form it explains, when it does."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    place = models.PositiveSmallIntegerField(default=100)
    form_id = models.CharField(max_length=60, blank=True)

    objects = RoutineDocuments.as_manager()

    class Meta:
        """In the routine's order; a name is one document."""

        ordering = ("place", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["authority", "name"], name="a_name_is_one_document_of_a_routine"
            ),
        )

    def __str__(self) -> str:
        return self.name


class RoutineVersion(models.Model):
    """A version: drafted, edited, approved by those named, published; then it never changes."""

    document = models.ForeignKey(RoutineDocument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=LONGEST)
    drafted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    edited_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The newest first; one is in the making at a time; published after it was edited."""

        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=["document", "number"], name="a_number_is_one_version_of_a_document"
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(published_at__isnull=True),
                name="one_version_is_in_the_making",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(edited_at__isnull=False),
                name="a_version_is_edited_before_it_is_published",
            ),
            models.CheckConstraint(
                condition=Q(edited_at__isnull=True, edited_by__isnull=True)
                | Q(edited_at__isnull=False, edited_by__isnull=False),
                name="a_version_is_edited_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="a_version_is_published_by_somebody",
            ),
        )


class Approval(models.Model):
    """A principal asked to approve a version, and when it was approved."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    version = models.ForeignKey(RoutineVersion, on_delete=models.CASCADE, related_name="approvals")
    principal = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Asked once of a version; approved no earlier than asked."""

        ordering = ("principal__name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "principal"], name="a_principal_is_asked_once_of_a_version"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(approved_at__gte=models.F("asked_at")),
                name="a_version_is_approved_after_it_is_asked",
            ),
        )
