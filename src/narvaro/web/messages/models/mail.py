"""Mail from the moment it is queued to the moment a server has it; what happened, never a status."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Authority, opaque

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

HANDING_TAKES = timedelta(minutes=5)
"""A mail handed over longer ago than this, without an answer, is in doubt."""


class Trouble(models.TextChoices):
    """Why a mail has not left; a code, never the server's text, which may hold an address."""

    NO_SERVER = "no_server", _("Mejlservern svarar inte")
    LATER = "later", _("Mejlservern bad oss vänta")
    REFUSED = "refused", _("Mejlservern tog inte emot adressen")
    CUT_OFF = "cut_off", _("Förbindelsen bröts mitt i")
    NOBODY = "nobody", _("Mottagaren finns inte kvar, eller får inga brev härifrån")


class Mails(models.QuerySet["Mail"]):
    """Mail, by whom it concerns and by how far it has come."""

    def visible_to(self, viewer: Viewer, action: str) -> Mails:
        """To or from the viewer; of the whole authority where the action reaches so far."""
        reach = viewer.reach(action)
        if reach.authority is None:
            return self.none()
        told = self.filter(queued_at__lte=viewer.now)
        if reach.is_self:
            return told.filter(Q(to=viewer.account) | Q(queued_by=viewer.account))
        return told.filter(authority=reach.authority)

    def not_handed(self) -> Mails:
        """Neither undone, nor failed, nor handed to a server."""
        return self.filter(undone_at=None, failed_at=None, handed_at=None)

    def due(self, now: datetime) -> Mails:
        """Those whose time to be undone is over, and whose next attempt has come."""
        return self.not_handed().filter(send_after__lte=now)

    def in_doubt(self, now: datetime) -> Mails:
        """Handed to a server that never answered: perhaps sent, and never sent again by itself."""
        return self.filter(sent_at=None, failed_at=None, handed_at__lte=now - HANDING_TAKES)


class Mail(models.Model):
    """One mail to one person. To staff (`to`) it holds links and counts, never a pupil or a reason.

    To somebody outside, `receiver` is an opaque key: who it is and where the mail goes is asked
    when it leaves, so that who has become protected in the meantime gets none.

    `key` says what it is about and to whom, so that the same mail is never queued twice.
    `handed_at` is set before a server is given the mail and taken away when it says no: a mail
    that has it and no `sent_at` may have left, and nothing but a person sends it again.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    to = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="mails"
    )
    receiver = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=120, unique=True)
    language = models.CharField(max_length=2, default="sv")
    subject = models.CharField(max_length=120)
    body = models.TextField()
    calendar = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    send_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    failed_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=10, choices=Trouble.choices, blank=True)

    objects = Mails.as_manager()

    class Meta:
        """What is undone never leaves; what was sent was handed over; what failed was not sent."""

        ordering = ("-queued_at", "-pk")
        indexes = (models.Index(fields=["send_after"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(to__isnull=False, receiver="") | (Q(to=None) & ~Q(receiver="")),
                name="mail_has_one_receiver",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(handed_at=None, sent_at=None),
                name="what_is_undone_never_leaves",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="what_is_undone_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(handed_at__isnull=False, failed_at=None),
                name="what_was_sent_was_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(send_after__gte=F("queued_at")),
                name="mail_is_not_sent_before_it_is_queued",
            ),
        )

    def may_be_undone(self) -> bool:
        """It has not been handed to a server."""
        return not (self.handed_at or self.sent_at or self.undone_at or self.failed_at)


class DeclinedReminders(models.Model):
    """Somebody who does not want the reminder of the day."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()


class Declined(models.Model):
    """Somebody who does not want the weekly mail."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
