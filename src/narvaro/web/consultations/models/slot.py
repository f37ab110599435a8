"""A time that an adviser of an agency offers to the schools of its collaboration area."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Assignment, Unit, opaque
from narvaro.web.accounts.roles import Role

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

LONGEST = 480
"""Minutes of the longest consultation: a working day."""


class Purpose(models.TextChoices):
    """What a consultation is for: Borås learnt that it should begin with competence (A-R-61)."""

    CASE_ADVICE = "case_advice", _("Råd i ett ärende")
    COMPETENCE = "competence", _("Kompetensutveckling")


class PlaceKind(models.TextChoices):
    """Where it is."""

    SCHOOL = "school", _("på skolan")
    ADVISER = "adviser", _("hos rådgivaren")
    VIDEO = "video", _("video")


class Slots(models.QuerySet["Slot"]):
    """Offered times, in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Slots:
        """The own agency's; those the own school has booked; and those that it can book."""
        reach = viewer.reach(action)
        if reach.is_empty:
            return self.none()
        booked = self.filter(bookings__unit__in=reach.unit_ids, bookings__cancelled_at=None)
        mine = Q(unit__in=reach.unit_ids) | Q(pk__in=booked.values("pk"))
        if viewer.may("consultations.book"):
            mine |= Q(pk__in=self.bookable_by(viewer).values("pk"))
        return self.filter(mine)

    def bookable_by(self, viewer: Viewer) -> Slots:
        """Those that one of the viewer's own schools can book now.

        Free, not closed, of an agency in the same area, not held for another school, and with
        an adviser who is a contact of the agency on the day of the time.
        """
        area = viewer.authority.collaboration_area_id
        schools = viewer.reach("consultations.book").unit_ids
        if area is None or not schools:
            return self.none()
        ours = Q(held_for=None) | Q(held_for__in=schools) | Q(released_on__lte=viewer.today)
        there = Assignment.objects.filter(
            Q(to_on=None) | Q(to_on__gte=OuterRef("on")),
            role=Role.AGENCY_CONTACT,
            account=OuterRef("adviser"),
            unit=OuterRef("unit"),
            from_on__lte=OuterRef("on"),
        )
        free = self.free().filter(ours, closes_on__gte=viewer.today, starts_at__gt=viewer.now)
        return free.filter(Exists(there), unit__authority__collaboration_area=area)

    def free(self) -> Slots:
        """Neither cancelled nor booked."""
        booked = self.filter(bookings__isnull=False, bookings__cancelled_at=None)
        return self.standing().exclude(pk__in=booked.values("pk"))

    def standing(self) -> Slots:
        """Those that are not cancelled, the next first."""
        return self.filter(cancelled_at=None).order_by("starts_at", "pk")


class Slot(models.Model):
    """One offered time. `unit` is the adviser's agency as it was: advisers and agencies change.

    `on` is its local day. `held_for` is a school that alone can book it before `released_on`; after
    `closes_on` a time that nobody booked is the adviser's own again. Neither needs anybody to do
    anything.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    adviser = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    with_whom = models.CharField(_("Vilka fler som är med"), max_length=80, blank=True)
    starts_at = models.DateTimeField()
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField(_("Längd i minuter"), default=60)
    place_kind = models.CharField(_("Var"), max_length=10, choices=PlaceKind.choices)
    place = models.CharField(_("Plats"), max_length=80, blank=True)
    purpose = models.CharField(_("Syfte"), max_length=12, choices=Purpose.choices, blank=True)
    youngest = models.PositiveSmallIntegerField(_("Från ålder"), default=6)
    oldest = models.PositiveSmallIntegerField(_("Till och med ålder"), default=18)
    held_for = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_on = models.DateField()
    closes_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancel_reason = models.CharField(max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = Slots.as_manager()

    class Meta:
        """A time has a length, ages stand in order, and a cancelled one says why."""

        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=LONGEST),
                name="a_consultation_has_a_length",
            ),
            models.CheckConstraint(
                condition=Q(oldest__gte=F("youngest")), name="the_oldest_is_no_younger"
            ),
            models.CheckConstraint(
                condition=Q(released_on__lte=F("closes_on"), closes_on__lte=F("on")),
                name="a_time_is_released_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | (
                    Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")
                ),
                name="a_cancelled_time_says_why",
            ),
            models.UniqueConstraint(
                fields=["adviser", "starts_at"],
                condition=Q(cancelled_at=None),
                name="an_adviser_is_at_one_place_at_a_time",
            ),
        )

    @property
    def ends_at(self) -> datetime:
        """When it is planned to end."""
        return self.starts_at + timedelta(minutes=self.minutes)
