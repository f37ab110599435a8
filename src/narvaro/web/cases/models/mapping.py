"""What an investigation found: what hinders and what helps, at five levels."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, opaque
from narvaro.web.cases.models.case import Case
from narvaro.web.pupils.sealed import SealedTextField


class CauseLevel(models.TextChoices):
    """Where a cause lies."""

    INDIVIDUAL = "individual", _("individ")
    SCHOOL = "school", _("skola")
    FAMILY = "family", _("familj")
    PEERS = "peers", _("kamrater")
    STRUCTURE = "structure", _("samhälle och organisation")


class CauseWord(models.TextChoices):
    """The causes that statistics count; the text beside says what it is for this pupil."""

    LEARNING = "learning", _("lärandet")
    WELLBEING = "wellbeing", _("måendet")
    SLEEP = "sleep", _("sömn och dygnsrytm")
    LONG_ILLNESS = "long_illness", _("lång sjukdom")
    CHRONIC_ILLNESS = "chronic_illness", _("långvarig sjukdom")
    EXTERNAL_ASSESSMENT = "external_assessment", _("utredning hos vård")
    TEACHING = "teaching", _("undervisningen")
    ADAPTATIONS = "adaptations", _("anpassningar som saknas eller inte räcker")
    SURROUNDINGS = "surroundings", _("lokaler, övergångar och raster")
    RELATION_STAFF = "relation_staff", _("relationen till vuxna i skolan")
    HOME_SITUATION = "home_situation", _("situationen hemma")
    HOME_VIEW = "home_view", _("hemmets syn på skolan")
    BULLYING = "bullying", _("kränkningar")
    LONELINESS = "loneliness", _("ensamhet")
    FRIENDS = "friends", _("kamrater")
    TRAVEL = "travel", _("resvägen")
    ORGANISATION = "organisation", _("schema, byten och organisation")
    OTHER = "other", _("annat")


RESTRICTED_CAUSES = frozenset(
    {CauseWord.LONG_ILLNESS, CauseWord.CHRONIC_ILLNESS, CauseWord.EXTERNAL_ASSESSMENT}
)
"""Causes that used to end the work (A-R-40): each demands how the right to education is met."""


class Cause(models.Model):
    """One cause, or one thing that helps. Restricted ones are read by student health only."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="causes")
    level = models.CharField(max_length=12, choices=CauseLevel.choices)
    word = models.CharField(max_length=24, choices=CauseWord.choices)
    is_protective = models.BooleanField(default=False)
    text = SealedTextField(blank=True)
    right_to_education = SealedTextField(blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        """A restricted cause says how the right to education is met."""

        ordering = ("level", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(word__in=sorted(RESTRICTED_CAUSES)) | ~Q(right_to_education=""),
                name="a_restricted_cause_says_how_education_is_given",
            ),
        )

    @property
    def is_restricted(self) -> bool:
        """Read by student health, and by those whose decision demands it."""
        return self.word in RESTRICTED_CAUSES


class CauseOpened(models.Model):
    """A restricted cause that somebody outside its readers opened, and the reason given."""

    cause = models.ForeignKey(Cause, on_delete=models.CASCADE, related_name="openings")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=300)

    class Meta:
        """Nobody opens a cause without a reason."""

        constraints = (
            models.CheckConstraint(condition=~Q(why=""), name="a_cause_is_opened_with_a_reason"),
        )
