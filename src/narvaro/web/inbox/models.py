"""Flags that came in, and what somebody decided about each.

A flag is known by programme, rule, pupil and month end; what its newest run says of it is copied
here so that a queue can be shown, and the run stays where it is, in the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Authority, Unit, opaque
from narvaro.web.cases.models import Case
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.sealed import SealedTextField

if TYPE_CHECKING:
    from datetime import date

    from narvaro.web.accounts.viewer import Viewer


class TakenRun(models.Model):
    """A version of a month-end run whose flags have been taken in: done once."""

    run = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    month = models.CharField(max_length=10)
    at = models.DateTimeField()

    objects = models.Manager["TakenRun"]()

    class Meta:
        """Once for each version."""

        constraints = (
            models.UniqueConstraint(fields=["run", "version"], name="a_run_is_taken_in_once"),
        )


class Answer(models.TextChoices):
    """What somebody decided about a flag."""

    CASE = "case", _("ärende")
    NO_CASE = "no_case", _("inget ärende")


class Flags(models.QuerySet["Flag"]):
    """Flags, always in somebody's scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Flags:
        """Flags of pupils that the viewer reaches today, as far as the day has come."""
        pupils = Pupil.objects.visible_to(viewer, action)
        return self.filter(pupil__in=pupils, taken_on__lte=viewer.today)

    def named_to(self, viewer: Viewer, action: str) -> Flags:
        """Flags that a list may name to the viewer: nobody with a protected identity."""
        pupils = Pupil.objects.named_to(viewer, action)
        return self.filter(pupil__in=pupils, taken_on__lte=viewer.today)

    def counted_by(self, viewer: Viewer, action: str) -> Flags:
        """Flags at the viewer's places, only to be counted."""
        reach = viewer.reach(action)
        return self.filter(school__in=reach.unit_ids, taken_on__lte=viewer.today)

    def unanswered(self) -> Flags:
        """Those somebody has to decide about."""
        return self.filter(
            answered_at__isnull=True,
            withdrawn_at__isnull=True,
            is_for_evaluation_only=False,
            was_before_the_start=False,
        )

    def late_on(self, day: date) -> Flags:
        """Those whose last day has passed."""
        return self.unanswered().filter(due_on__lt=day)


class Flag(models.Model):
    """A flag that came in. `figures` are the row's integers; `reason_*` its own explanation.

    `is_for_evaluation_only`: of a control school, kept and never asked about. `was_before_the_start`:
    from a month end before the inbox was in use, kept for what it says of the pupil.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="flags")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="flags")
    class_key = models.CharField(max_length=64, blank=True)
    programme = models.CharField(max_length=64)
    rule = models.CharField(max_length=64)
    month = models.CharField(max_length=10)
    certainty = models.CharField(max_length=16)
    figures = models.JSONField(default=dict)
    reason_sv = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    flags_this_year = models.PositiveSmallIntegerField(default=1)
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="flags")
    run = models.CharField(max_length=200)
    run_version = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    taken_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_for_evaluation_only = models.BooleanField(default=False)
    was_before_the_start = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    reason = SealedTextField(blank=True)
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="flags"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_with = models.CharField(max_length=22, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = Flags.as_manager()

    class Meta:
        """A flag comes in once; it is answered wholly, with a reason or a case, or not at all."""

        constraints = (
            models.UniqueConstraint(
                fields=["programme", "rule", "pupil", "month"], name="a_flag_comes_in_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    answer="",
                    reason="",
                    case__isnull=True,
                    answered_at__isnull=True,
                    answered_on__isnull=True,
                    answered_by__isnull=True,
                )
                | Q(answered_at__isnull=False, answered_on__isnull=False, answered_by__isnull=False)
                & (
                    Q(answer=Answer.CASE, case__isnull=False)
                    | Q(answer=Answer.NO_CASE) & ~Q(reason="")
                ),
                name="a_flag_is_answered_with_a_case_or_a_reason_or_not_at_all",
            ),
        )

    @property
    def is_unanswered(self) -> bool:
        """Somebody has to decide about it."""
        return self.answered_at is None and self.withdrawn_at is None


class SilenceTold(models.Model):
    """Somebody was told by mail that something is late. `thing`: what, its last day, and as whom."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    thing = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        """Nobody is told twice of the same."""

        constraints = (
            models.UniqueConstraint(
                fields=["account", "thing"], name="nobody_is_told_twice_of_a_silence"
            ),
        )
