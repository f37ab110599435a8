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
    PAPER = "paper", _("får brevet på papper")
    THREAT = "threat", _("noterad som ett hot: får inga brev härifrån")
    SHIELDED = "shielded", _("skyddas från en annan vårdnadshavare: får inga brev härifrån")


class Letters(models.QuerySet["Letter"]):
    """Letters, in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Letters:
        """Those the viewer has made; as known at the viewer's moment."""
        if not viewer.reach(action).is_self:
            return self.none()
        mine = self.filter(made_by=viewer.account, made_at__lte=viewer.now)
        return mine.filter(dropped_at=None)


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
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = Letters.as_manager()

    class Meta:
        """What was never sent off cannot be undone; what was sent off cannot be thrown away."""

        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(undone_at=None) | ~Q(released_at=None),
                name="a_letter_is_undone_after_it_is_sent_off",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(released_at=None),
                name="what_was_sent_off_is_not_thrown_away",
            ),
        )


class Delivery(models.Model):
    """One receiver of a letter: their text and their mail, or why there is none.

    `on_paper`: the letter is printed for them instead; `postal` is what was typed for the window
    of the envelope, and nothing of it is known elsewhere.
    """

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
    on_paper = models.BooleanField(default=False)
    postal = models.CharField(max_length=200, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Nobody gets a letter twice about the same; who is passed over gets no mail.

        Who is a threat, or is shielded from somebody, gets none on paper either.
        """

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["letter", "receiver", "about"], name="nobody_gets_a_letter_twice"
            ),
            models.CheckConstraint(
                condition=Q(skipped="") | Q(mail=None), name="who_is_passed_over_gets_no_mail"
            ),
            models.CheckConstraint(
                condition=Q(on_paper=False)
                | Q(skipped__in=[Skipped.PAPER, Skipped.NO_ADDRESS, Skipped.PROTECTED]),
                name="paper_goes_to_who_gets_no_mail",
            ),
            models.CheckConstraint(
                condition=Q(printed_at=None) | Q(on_paper=True),
                name="what_was_printed_was_for_paper",
            ),
        )
