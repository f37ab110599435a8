"""A call to other authorities about a pupil: who calls, why, and which times are proposed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Account, opaque
from narvaro.web.cases.models import Case
from narvaro.web.collaboration import rules
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.sealed import SealedTextField

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

LONGEST = 480
"""Minutes of the longest meeting: a working day."""


class CallKind(models.TextChoices):
    """What sort of meeting is called to; what it is called here is the call's `local_name`."""

    CROSS_AGENCY = "cross_agency", _("samverkansmöte")
    FOLLOW_UP = "follow_up", _("uppföljningsmöte")
    NETWORK = "network", _("nätverksmöte")
    SIP = "sip", _("möte om samordnad individuell plan")


class PlaceKind(models.TextChoices):
    """Where a meeting is held."""

    SCHOOL = "school", _("i skolan")
    HOME = "home", _("hemma hos familjen")
    OTHER = "other", _("på en annan plats")
    VIDEO = "video", _("via video")


class Cancelled(models.TextChoices):
    """Why a call was taken back."""

    NOT_NEEDED = "not_needed", _("mötet behövs inte längre")
    CONSENT = "consent", _("samtycket gäller inte längre")
    CALLED_AGAIN = "called_again", _("en ny kallelse ersätter den")


class Calls(models.QuerySet["Call"]):
    """Calls, in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Calls:
        """The caller's side: those of the cases the viewer reaches for the action today."""
        return self.filter(case__in=Case.objects.visible_to(viewer, action))

    def sent(self) -> Calls:
        """Those that were made and not taken back."""
        return self.filter(called_on__isnull=False, cancelled_at=None)

    def drafts(self) -> Calls:
        """Those that are not made yet."""
        return self.filter(called_on=None, cancelled_at=None)


class Call(models.Model):
    """A call to a meeting. It counts from `called_on`, the day it was sent; until then it is a draft.

    `local_name` is what the meeting is called where it is held (Västbus, SIP). `days` are calendar
    days, and nothing pauses them. `follows` is the meeting that decided on this follow-up.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="calls")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="calls")
    kind = models.CharField(max_length=20, choices=CallKind.choices)
    local_name = models.CharField(max_length=60)
    reason = SealedTextField()
    question = SealedTextField()
    follows = models.ForeignKey(
        "collaboration.CrossMeeting",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField(default=rules.DAYS)
    called_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_because = models.CharField(max_length=20, choices=Cancelled.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = Calls.as_manager()

    class Meta:
        """A call says what is asked; it is sent wholly, and taken back with a reason."""

        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(question="") & ~Q(local_name=""),
                name="a_call_says_why_and_what_is_asked",
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=366), name="a_call_has_its_days"
            ),
            models.CheckConstraint(
                condition=Q(called_on=None, sent_at=None, sent_by=None)
                | Q(called_on__isnull=False, sent_at__isnull=False, sent_by__isnull=False),
                name="a_call_is_sent_wholly_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_because="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False)
                & ~Q(cancelled_because=""),
                name="a_call_is_taken_back_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_sent(self) -> bool:
        """Those called have been told."""
        return self.called_on is not None

    @property
    def is_open(self) -> bool:
        """It has not been taken back."""
        return self.cancelled_at is None

    @property
    def last_day(self) -> date | None:
        """The last day a meeting is within the time; None while the call is a draft."""
        return None if self.called_on is None else self.last_day_from(self.called_on)

    def last_day_from(self, called_on: date) -> date:
        """The last day, was the call made on this day."""
        return rules.last_day(called_on, self.days)


class Proposed(models.Model):
    """A time that is proposed, and where."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="proposed")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place_kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    place = models.CharField(max_length=80, blank=True)

    class Meta:
        """A time is proposed once."""

        ordering = ("starts_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["call", "starts_at"], name="a_time_is_proposed_once_in_a_call"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=LONGEST),
                name="a_proposed_time_has_a_length",
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
    def holds(self) -> bool:
        """It is within the call's time; False while the call is a draft."""
        last = self.call.last_day
        return last is not None and rules.holds(self.starts_at, last)
