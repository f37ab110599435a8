"""A series of meetings at a school, each meeting of it, and who is asked to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Account, Unit, opaque
from narvaro.web.accounts.roles import Role

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

LONGEST = 480
"""Minutes of the longest meeting: a working day."""


class Kind(models.TextChoices):
    """What sort of meeting."""

    STUDENT_HEALTH = "student_health", _("elevhälsomöte")
    OTHER = "other", _("annat möte")


class SeriesRows(models.QuerySet["Series"]):
    """Series, in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> SeriesRows:
        """Those of the schools that the action reaches; to guests, those of their meetings."""
        reach = viewer.reach(action)
        if reach.is_self:
            return self.filter(pk__in=Meeting.objects.visible_to(viewer, action).values("series"))
        return self.filter(school__in=reach.unit_ids)


class Series(models.Model):
    """Meetings that return at a school. `cadence` is its id in a programme, or empty for an own rhythm.

    `weeks` is how many weeks lie between two meetings; 0: when it is called.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("Slag"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("Namn"), max_length=80)
    programme = models.CharField(max_length=60, blank=True)
    cadence = models.CharField(max_length=60, blank=True)
    weeks = models.PositiveSmallIntegerField(_("Veckor mellan mötena"), default=4)
    place = models.CharField(_("Plats"), max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Längd i minuter"), default=120)
    chair = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    professions = models.JSONField(default=list)
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SeriesRows.as_manager()

    class Meta:
        """A meeting has a length."""

        ordering = ("school__name", "name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=LONGEST),
                name="a_series_of_meetings_has_a_length",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_series_of_meetings_has_a_name"),
        )

    def roles(self) -> list[Role]:
        """The professions expected, in the order of the table of roles."""
        return [role for role in Role if role in self.professions]


class Meetings(models.QuerySet["Meeting"]):
    """Meetings, in scope and by how far they have come."""

    def visible_to(self, viewer: Viewer, action: str) -> Meetings:
        """Those of the schools that the action reaches; to guests, those they are called to."""
        reach = viewer.reach(action)
        if reach.is_self:
            called = Invited.objects.filter(account=viewer.account).values("meeting")
            return self.filter(pk__in=called, series__school__authority=reach.authority)
        return self.filter(series__school__in=reach.unit_ids)

    def to_come(self) -> Meetings:
        """Neither held nor cancelled, the next first."""
        return self.filter(held_at=None, cancelled_at=None).order_by("starts_at", "pk")

    def held(self) -> Meetings:
        """Those that were held, the latest first."""
        return self.exclude(held_at=None).order_by("-starts_at", "-pk")


class Meeting(models.Model):
    """One meeting. Place, chair and professions are its own: the series may change later.

    `sequence` counts the invitations of it (RFC 5545, 3.8.7.4); `version` changes of any kind.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=80, blank=True)
    chair = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    professions = models.JSONField(default=list)
    sequence = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancel_reason = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = Meetings.as_manager()

    class Meta:
        """A meeting is held or cancelled, by somebody, and a cancelled one says why."""

        ordering = ("-starts_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(cancelled_at=None),
                name="a_meeting_is_not_both_held_and_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None)
                | Q(held_at__isnull=False, held_by__isnull=False),
                name="a_held_meeting_says_who_noted_it",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | (
                    Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")
                ),
                name="a_cancelled_meeting_says_why",
            ),
            models.UniqueConstraint(
                fields=["series", "starts_at"],
                condition=Q(cancelled_at=None),
                name="a_series_meets_once_at_a_time",
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

    def roles(self) -> list[Role]:
        """The professions expected."""
        return [role for role in Role if role in self.professions]


class Answer(models.TextChoices):
    """What somebody who was asked has said."""

    NONE = "", _("Inte svarat")
    COMES = "comes", _("Kommer")
    DOES_NOT = "does_not", _("Kommer inte")


class Invited(models.Model):
    """Somebody asked to come, for a profession; without an account when the profession has none here."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invited")
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    profession = models.CharField(max_length=40, choices=Role.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    was_present = models.BooleanField(null=True, blank=True)
    noted_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Asked once for a profession; who was there is noted by somebody."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "account", "profession"], name="somebody_is_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(was_present=None, noted_by=None)
                | Q(was_present__isnull=False, noted_by__isnull=False),
                name="who_was_there_is_noted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & ~Q(answered_at=None),
                name="an_answer_has_its_time",
            ),
        )
