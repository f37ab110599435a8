"""What is written of a meeting of authorities, until it is locked; the agenda is its outline."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from narvaro.web.accounts.models import Account
from narvaro.web.collaboration.models.held import CrossMeeting
from narvaro.web.pupils.sealed import SealedTextField


class Minutes(models.Model):
    """The minutes of a meeting. The pupil's and the guardians' words are theirs, in their own fields.

    Once locked they, who was present and what was decided are never changed: triggers of the
    database refuse it (`collaboration/locking.py`). That a decision is done can still be noted.
    """

    meeting = models.OneToOneField(CrossMeeting, on_delete=models.PROTECT, related_name="written")
    pupil_words = SealedTextField(blank=True)
    home_words = SealedTextField(blank=True)
    talked_of = SealedTextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Locked by somebody, after it was written, or not at all; locked minutes say something."""

        constraints = (
            models.CheckConstraint(
                condition=Q(locked_at=None, locked_by=None)
                | Q(locked_at__gte=F("changed_at"), locked_by__isnull=False),
                name="minutes_of_agencies_are_locked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(locked_at=None) | ~Q(talked_of=""),
                name="locked_minutes_of_agencies_say_something",
            ),
        )
