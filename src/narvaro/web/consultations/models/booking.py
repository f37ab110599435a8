"""A school's booking of a time, with its question, and everybody who is asked to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Unit, opaque
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.sealed import SealedText
from narvaro.web.consultations.models.slot import Purpose, Slot

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer


class Bookings(models.QuerySet["Booking"]):
    """Bookings, in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Bookings:
        """Those of the schools in reach, and those of times that the own agency offers."""
        reach = viewer.reach(action)
        if reach.is_self:
            called = Asked.objects.filter(account=viewer.account).values("booking")
            return self.filter(pk__in=called, unit__authority=reach.authority)
        return self.filter(Q(unit__in=reach.unit_ids) | Q(slot__unit__in=reach.unit_ids))

    def live(self) -> Bookings:
        """Those that were not taken back, of times that were not cancelled."""
        return self.filter(cancelled_at=None, slot__cancelled_at=None)


class Booking(models.Model):
    """A school takes a time. There is no pupil in it: no column, and no name in the question.

    `held_at` is when the adviser noted who came.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("Syfte"), max_length=12, choices=Purpose.choices)
    question = SealedText()
    booked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = Bookings.as_manager()

    class Meta:
        """A time is booked once; what was taken back was not held."""

        ordering = ("-slot__starts_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["slot"], condition=Q(cancelled_at=None), name="a_time_is_booked_once"
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(cancelled_at=None),
                name="a_booking_is_not_both_held_and_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None)
                | Q(held_at__isnull=False, held_by__isnull=False),
                name="a_held_consultation_says_who_noted_it",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="a_booking_is_taken_back_by_somebody",
            ),
        )


class Answer(models.TextChoices):
    """What somebody who was asked has said."""

    NONE = "", _("Inte svarat")
    COMES = "comes", _("Kommer")
    DOES_NOT = "does_not", _("Kommer inte")


class Asked(models.Model):
    """Somebody of the school who is asked to come. `stands_in_for`: instead of whom.

    An answer stands when it has been noted who came: the database refuses to change it then.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="asked")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    profession = models.CharField(max_length=40, choices=Role.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    stands_in_for = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="substitute"
    )
    was_present = models.BooleanField(null=True, blank=True)
    noted_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Everybody is asked once; an answer has its time; who was there is noted by somebody."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["booking", "account"], name="everybody_is_asked_once_to_a_consultation"
            ),
            models.CheckConstraint(
                condition=Q(was_present=None, noted_by=None)
                | Q(was_present__isnull=False, noted_by__isnull=False),
                name="who_came_to_a_consultation_is_noted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & ~Q(answered_at=None),
                name="an_answer_to_a_consultation_has_its_time",
            ),
        )
