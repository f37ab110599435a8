"""A letter to many: what each receiver gets, who was passed over and why, who had it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Authority, opaque
from narvaro.web.messages.models.mail import Mail

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer


class Skipped(models.TextChoices):
    """Why a receiver gets nothing by mail."""

    PROTECTED = "protected", _("skyddade uppgifter: får brevet på annat sätt")
    NO_ADDRESS = "no_address", _("ingen mejladress är känd")


class Letters(models.QuerySet["Letter"]):
    """Letters, in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Letters:
        """Those the viewer has made; as known at the viewer's moment."""
        if not viewer.reach(action).is_self:
            return self.none()
        return self.filter(made_by=viewer.account, made_at__lte=viewer.now)


class Letter(models.Model):
    """A letter to one or many, shown before anything leaves. `kind` is the maker's word for it.

    `about` and the receivers are opaque keys; who they are is asked of the app that knows
    (`registry.offer_receivers`), when a page is shown and once more when the mail leaves.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = Letters.as_manager()

    class Meta:
        """What was never sent off cannot be undone."""

        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(undone_at=None) | ~Q(released_at=None),
                name="a_letter_is_undone_after_it_is_sent_off",
            ),
        )


class Delivery(models.Model):
    """One receiver of a letter: their text and their mail, or why there is none."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    receiver = models.CharField(max_length=80)
    about = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, default="sv")
    subject = models.CharField(max_length=120)
    body = models.TextField()
    skipped = models.CharField(max_length=12, choices=Skipped.choices, blank=True)
    mail = models.OneToOneField(
        Mail, null=True, blank=True, on_delete=models.PROTECT, related_name="delivery"
    )

    class Meta:
        """Nobody gets a letter twice about the same; who is passed over gets no mail."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["letter", "receiver", "about"], name="nobody_gets_a_letter_twice"
            ),
            models.CheckConstraint(
                condition=Q(skipped="") | Q(mail=None), name="who_is_passed_over_gets_no_mail"
            ),
        )
