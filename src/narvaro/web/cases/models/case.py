"""A case: one open for each pupil and school authority, always with an owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from narvaro.web.accounts.models import Account, Authority, Unit, opaque
from narvaro.web.cases.models.routine import Adaptation, Routine
from narvaro.web.cases.models.words import Compartment, OpenedBecause
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.sealed import SealedTextField

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer


class Cases(models.QuerySet["Case"]):
    """Cases, always in somebody's scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Cases:
        """Cases of pupils the viewer reaches today, while the case lies at a place of theirs.

        A case that moved to another school is seen there: the school it left sees it no more. Who
        reaches single classes, or only what was given to them, reaches a case with a part of
        their own, until they have handed it over.
        """
        reach = viewer.reach(action)
        if reach.authority is None:
            return self.none()
        pupils = Pupil.objects.visible_to(viewer, action)
        mine = self.filter(authority=viewer.authority)
        if reach.whole_schools and not reach.is_self:
            return mine.filter(pupil__in=pupils, school__key__in=reach.school_keys)
        named = Pupil.objects.filter(authority=viewer.authority, is_counted_only=False)
        given = Q(pupil__in=named.not_protected_from(viewer)) & _given_to(viewer)
        return mine.filter(given if reach.is_self else given | Q(pupil__in=pupils))

    def counted_by(self, viewer: Viewer, action: str) -> Cases:
        """Cases at the viewer's places, only to be counted: nothing of a pupil may be shown."""
        reach = viewer.reach(action)
        return self.filter(authority=viewer.authority, school__in=reach.unit_ids)

    def still_open(self) -> Cases:
        """Those nobody has closed."""
        return self.filter(closed_at__isnull=True)


def _given_to(viewer: Viewer) -> Q:
    """Own cases, and those with a step or a task of one's own that waits."""
    me, every = viewer.account, Case.objects.all()
    steps = every.filter(steps__owner=me, steps__decided_at__isnull=True)
    tasks = every.filter(tasks__to=me, tasks__done_at__isnull=True)
    return Q(owner=me) | Q(pk__in=steps.values("pk")) | Q(pk__in=tasks.values("pk"))


class Case(models.Model):
    """A pupil's case. Closed when it has a moment, a person and a reason of closing."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="cases")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="cases")
    routine = models.ForeignKey(Routine, on_delete=models.PROTECT, related_name="cases")
    adaptation = models.ForeignKey(
        Adaptation, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    compartment = models.CharField(
        max_length=10, choices=Compartment.choices, default=Compartment.SCHOOL
    )
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_because = models.CharField(max_length=10, choices=OpenedBecause.choices)
    opening_words = SealedTextField(blank=True)
    reopens = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reopened_as"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closing_reason = SealedTextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = Cases.as_manager()

    class Meta:
        """One open case per pupil and authority; closed wholly or not at all."""

        constraints = (
            models.UniqueConstraint(
                fields=["authority", "pupil"],
                condition=Q(closed_at__isnull=True),
                name="one_open_case_for_each_pupil",
            ),
            models.CheckConstraint(
                condition=Q(
                    closed_at__isnull=True,
                    closed_on__isnull=True,
                    closed_by__isnull=True,
                    closing_reason="",
                )
                | Q(closed_at__isnull=False, closed_on__isnull=False, closed_by__isnull=False)
                & ~Q(closing_reason=""),
                name="a_case_is_closed_wholly_or_not_at_all",
            ),
        )

    @property
    def is_open(self) -> bool:
        """Nobody has closed it."""
        return self.closed_at is None


class HandOver(models.Model):
    """The owner before and after, who decided it and why."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="hand_overs")
    from_owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    to_owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)

    class Meta:
        """A hand-over changes the owner, and says why."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(from_owner=models.F("to_owner")), name="a_hand_over_changes_the_owner"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="a_hand_over_has_a_reason"),
        )


class SchoolMove(models.Model):
    """A case that followed its pupil to another school of the same authority."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="school_moves")
    from_school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()


class RoutineMove(models.Model):
    """A running case that was moved to another version of the routine, knowingly (A-R-31)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="routine_moves")
    from_routine = models.ForeignKey(Routine, on_delete=models.PROTECT, related_name="+")
    from_adaptation = models.ForeignKey(
        Adaptation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_routine = models.ForeignKey(Routine, on_delete=models.PROTECT, related_name="+")
    to_adaptation = models.ForeignKey(
        Adaptation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    on = models.DateField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)

    class Meta:
        """Nobody moves a case without a reason."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(why=""), name="a_case_is_moved_to_a_routine_with_a_reason"
            ),
        )
