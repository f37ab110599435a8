"""Facts and help that people record about registration; no figure is ever kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Authority, Unit, opaque

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer


class Reason(models.TextChoices):
    """Why a lesson is not acknowledged, in a fixed list: never free text."""

    DONE_AT_SOURCE = "done_at_source", _("Den är kvitterad i källsystemet nu")
    CANCELLED = "cancelled", _("Lektionen blev inställd")
    OUTING = "outing", _("Klassen var på annat: friluftsdag, studiebesök, prao")
    SUBSTITUTE = "substitute", _("En vikarie höll lektionen och kan inte kvittera")
    NO_TIMETABLE = "no_timetable", _("Schemat stämmer inte: lektionen finns inte")
    SYSTEM_DOWN = "system_down", _("Källsystemet låg nere")


class Explanations(models.QuerySet["Explanation"]):
    """Explanations, always in somebody's scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Explanations:
        """Those of the schools the action reaches; one's own where it reaches oneself only."""
        reach = viewer.reach(action)
        mine = self.filter(authority=reach.authority)
        if reach.is_self:
            return mine.filter(noted_by=viewer.account)
        return mine.filter(school_key__in=reach.school_keys)

    def standing(self) -> Explanations:
        """Those nobody has taken back."""
        return self.filter(taken_back_at__isnull=True)


class Explanation(models.Model):
    """Why one lesson is not acknowledged: a fact beside the figures, which it never changes."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    school_key = models.CharField(max_length=64)
    source = models.CharField(max_length=64)
    lesson_key = models.CharField(max_length=200)
    lesson_on = models.DateField()
    reason = models.CharField(max_length=20, choices=Reason.choices)
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    together = models.CharField(max_length=22, default=opaque)

    objects = Explanations.as_manager()

    class Meta:
        """A lesson has one explanation that stands; what is taken back says by whom."""

        indexes = (models.Index(fields=["school_key", "lesson_on"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["authority", "source", "lesson_key"],
                condition=Q(taken_back_at__isnull=True),
                name="a_lesson_has_one_standing_explanation",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="an_explanation_taken_back_says_by_whom",
            ),
        )


class HelpTopic(models.TextChoices):
    """What the help was about."""

    SYSTEM = "system", _("Systemet")
    TIMETABLE = "timetable", _("Schemat")
    ACCOUNTS = "accounts", _("Konton och behörighet")
    ROUTINE = "routine", _("Rutinen")
    OTHER = "other", _("Annat")


class HelpNotes(models.QuerySet["HelpNote"]):
    """Help given, always in somebody's scope."""

    def visible_to(self, viewer: Viewer, action: str) -> HelpNotes:
        """Those of the schools the action reaches."""
        return self.filter(unit__in=viewer.reach(action).unit_ids)

    def standing(self) -> HelpNotes:
        """Help that has not led to its end yet."""
        return self.filter(resolved_at__isnull=True)


class HelpNote(models.Model):
    """Help given to a school with its registration: by whom, when, until it was resolved."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="help_notes")
    topic = models.CharField(max_length=10, choices=HelpTopic.choices)
    text = models.CharField(max_length=500)
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()
    noted_at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = HelpNotes.as_manager()

    class Meta:
        """Help says what was done; what is resolved says by whom, and not before it was noted."""

        ordering = ("-given_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="help_says_what_was_done"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__gte=F("noted_at"), resolved_by__isnull=False),
                name="resolved_help_says_by_whom",
            ),
        )
