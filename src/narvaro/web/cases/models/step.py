"""A step under way or decided, what shows that it was done, and tasks for named people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Unit, opaque
from narvaro.web.cases.models.case import Case
from narvaro.web.cases.models.words import Decision
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.sealed import SealedTextField

DATED = [Decision.CONTINUE.value, Decision.WATCH.value]
"""Decisions that say until when."""


class Step(models.Model):
    """One step of a case's routine. `step` is its id in the programme; `due_on` None: no clock yet.

    `outcome` is the routine's own word of how it ended ("returned"). `forced` names the rule
    that began it, when no person did (A-R-46).
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=64)
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="steps")
    began_at = models.DateTimeField()
    began_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    forced = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    leads_to = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    reason = SealedTextField(blank=True)
    watch_until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A step stands open once in a case; it is decided wholly, with a reason, or not at all."""

        ordering = ("began_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case", "step"],
                condition=Q(decided_at__isnull=True),
                name="a_step_is_open_once_in_a_case",
            ),
            models.CheckConstraint(
                condition=Q(
                    decided_at__isnull=True,
                    decided_on__isnull=True,
                    decided_by__isnull=True,
                    decision="",
                    reason="",
                )
                | Q(decided_at__isnull=False, decided_on__isnull=False, decided_by__isnull=False)
                & ~Q(decision="")
                & ~Q(reason=""),
                name="a_step_is_decided_with_a_reason_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=DATED, watch_until__isnull=False)
                | ~Q(decision__in=DATED) & Q(watch_until__isnull=True),
                name="who_watches_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.NEXT) & ~Q(leads_to="")
                | ~Q(decision=Decision.NEXT) & Q(leads_to=""),
                name="who_goes_on_says_to_which_step",
            ),
        )

    @property
    def is_open(self) -> bool:
        """Nobody has decided it."""
        return self.decided_at is None


class EvidenceKind(models.TextChoices):
    """What a step's completion rests on: never a tick."""

    FORM = "form", _("signerat dokument")
    MEETING = "meeting", _("hållet möte")
    EVENT = "event", _("noterad händelse")


class Evidence(models.Model):
    """A signed form, a held meeting or a recorded event that belongs to a step.

    `item` is its opaque id, `name` which form, kind of meeting or event it is, as the routine calls
    it; `done_at` None: begun.
    """

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    item = models.CharField(max_length=22)
    name = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A thing is evidence of a step once."""

        constraints = (
            models.UniqueConstraint(
                fields=["step", "kind", "item"], name="a_thing_is_evidence_of_a_step_once"
            ),
        )


class TaskKind(models.TextChoices):
    """Why a named person is asked for something."""

    FORCED_MOVE = "forced_move", _("rutinen för ärendet vidare")
    SCHOOL_LEFT = "school_left", _("skolan har lämnat programmet")
    OWNER_LEFT = "owner_left", _("ägaren har slutat")
    MOVED_HERE = "moved_here", _("eleven har bytt skola")
    NO_SHOW = "no_show", _("hemmet har inte nåtts")
    WATCHED = "watched", _("tiden för uppföljning är ute")
    FLAG_WITHDRAWN = "flag_withdrawn", _("flaggan har dragits tillbaka")


class Task(models.Model):
    """Something a named person has to decide; no role can take it away, only answer it.

    `about` is what brought it ("third-flag 2026/27"). It has no case while the pupil has none.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="tasks")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.CASCADE, related_name="tasks"
    )
    kind = models.CharField(max_length=20, choices=TaskKind.choices)
    about = models.CharField(max_length=120, blank=True)
    to = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tasks")
    made_at = models.DateTimeField()
    made_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = SealedTextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A task stands open once in a case for one thing; it is answered wholly or not at all."""

        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["pupil", "kind", "about"],
                condition=Q(done_at__isnull=True),
                name="a_task_is_open_once_for_one_thing",
            ),
            models.UniqueConstraint(
                fields=["pupil", "about"],
                condition=Q(kind=TaskKind.FORCED_MOVE),
                name="a_forced_move_is_made_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    done_at__isnull=True, done_on__isnull=True, done_by__isnull=True, answer=""
                )
                | Q(done_at__isnull=False, done_on__isnull=False, done_by__isnull=False)
                & ~Q(answer=""),
                name="a_task_is_answered_wholly_or_not_at_all",
            ),
        )
