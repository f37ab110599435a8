"""The minutes: a part with pupils, a part without, locked when approved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, opaque
from narvaro.web.meetings.models.agenda import AgendaItem
from narvaro.web.meetings.models.series import Meeting


class Part(models.TextChoices):
    """The two parts of minutes."""

    PUPILS = "pupils", _("delen med elever")
    GENERAL = "general", _("den allmänna delen")


class Minutes(models.Model):
    """The minutes of a meeting. The part with pupils is the items, what was thought and decided of each.

    `general` holds no pupil. Once approved, nothing of the meeting can be changed: the database
    refuses (`meetings.locking`), and what is added later is an `Addendum`.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="written")
    general = models.TextField(max_length=8_000, blank=True)
    changed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Approved minutes say by whom."""

        constraints = (
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="approved_minutes_say_by_whom",
            ),
        )


class Addendum(models.Model):
    """What was added to approved minutes; of an item in the part with pupils, else in the general."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="addenda")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="addenda"
    )
    text = models.TextField(max_length=4_000)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The oldest first; never empty."""

        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(text=""), name="an_addendum_to_minutes_says_something"
            ),
        )
