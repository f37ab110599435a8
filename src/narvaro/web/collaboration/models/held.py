"""The meeting a call leads to: who came, what was decided and by whom it is done, and deviations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Account, Unit, opaque
from narvaro.web.collaboration.models.calls import LONGEST, Call, Cancelled, PlaceKind
from narvaro.web.pupils.sealed import SealedTextField

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer


class CrossMeetings(models.QuerySet["CrossMeeting"]):
    """Meetings, in scope and by how far they have come."""

    def visible_to(self, viewer: Viewer, action: str) -> CrossMeetings:
        """The caller's side: those of the cases the viewer reaches for the action today."""
        return self.filter(call__in=Call.objects.visible_to(viewer, action))

    def to_come(self) -> CrossMeetings:
        """Neither held nor cancelled, the next first."""
        return self.filter(held_at=None, cancelled_at=None).order_by("starts_at", "pk")

    def held(self) -> CrossMeetings:
        """Those that were held, the latest first."""
        return self.exclude(held_at=None).order_by("-starts_at", "-pk")


class CrossMeeting(models.Model):
    """The meeting a call led to. `chair_unit` leads it, and may be another authority's (A-R-51)."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place_kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    place = models.CharField(max_length=80, blank=True)
    chair_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    chair = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sequence = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    follow_up_on = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_because = models.CharField(max_length=20, choices=Cancelled.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CrossMeetings.as_manager()

    class Meta:
        """Held with a day of follow-up, or cancelled with a reason; one meeting stands of a call."""

        ordering = ("-starts_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(cancelled_at=None),
                name="a_call_leads_to_one_meeting",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=LONGEST),
                name="a_meeting_of_agencies_has_a_length",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None, follow_up_on=None)
                | Q(held_at__isnull=False, held_by__isnull=False, follow_up_on__isnull=False),
                name="a_held_meeting_of_agencies_says_when_it_is_followed_up",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_because="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False)
                & ~Q(cancelled_because=""),
                name="a_cancelled_meeting_of_agencies_says_why",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(cancelled_at=None),
                name="a_meeting_of_agencies_is_not_both_held_and_cancelled",
            ),
        )

    @property
    def day(self) -> date:
        """The local day."""
        return self.starts_at.astimezone(STOCKHOLM).date()

    @property
    def ends_at(self) -> datetime:
        """When it is planned to end."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_open(self) -> bool:
        """Neither held nor cancelled."""
        return self.held_at is None and self.cancelled_at is None


class Presence(models.TextChoices):
    """Whether a unit that was called came."""

    YES = "yes", _("närvarande")
    NO = "no", _("hade sagt att den inte kommer")
    NO_SHOW = "no_show", _("kom inte, utan att ha sagt det")


class Present(models.Model):
    """Of a unit at a meeting: came, said no, or stayed away; who came, and whether as a substitute."""

    meeting = models.ForeignKey(CrossMeeting, on_delete=models.CASCADE, related_name="present")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=10, choices=Presence.choices)
    person = SealedTextField(blank=True)
    is_substitute = models.BooleanField(default=False)
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        """Noted once for a unit; only who came can be a substitute."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "unit"], name="a_unit_is_present_once_at_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(presence=Presence.YES) | Q(is_substitute=False, person=""),
                name="only_who_came_is_named_or_a_substitute",
            ),
        )


class Decision(models.Model):
    """What was decided, the unit that does it, and by when."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    meeting = models.ForeignKey(CrossMeeting, on_delete=models.CASCADE, related_name="decisions")
    words = SealedTextField()
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A decision says something; it is done by somebody or not at all."""

        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(words=""), name="a_decision_of_agencies_says_something"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="a_decision_of_agencies_is_done_by_somebody",
            ),
        )


class What(models.TextChoices):
    """What went otherwise than agreed."""

    NO_SHOW = "no_show", _("en verksamhet kom inte")
    NO_ANSWER = "no_answer", _("en verksamhet svarade inte")
    LATE = "late", _("mötet hölls inte inom tiden")


class Deviation(models.Model):
    """That a unit did not do what was agreed: drafted by itself, signed by a person."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="deviations")
    meeting = models.ForeignKey(
        CrossMeeting, null=True, blank=True, on_delete=models.PROTECT, related_name="deviations"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    words = SealedTextField(blank=True)
    made_at = models.DateTimeField()
    made_on = models.DateField()
    made_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Noted once; signed by somebody, after it was made, or not at all."""

        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["call", "unit", "what"], name="a_deviation_is_noted_once"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__gte=F("made_at"), signed_by__isnull=False),
                name="a_deviation_is_signed_by_somebody",
            ),
        )
