"""The units that are called, what they answer, and links to answer with."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Unit, opaque
from narvaro.web.collaboration.models.calls import Call, Proposed
from narvaro.web.pupils.sealed import SealedTextField


class Answer(models.TextChoices):
    """What a unit that is called has said."""

    NONE = "", _("inte svarat")
    YES = "yes", _("kommer")
    NO = "no", _("kommer inte")
    SUBSTITUTE = "substitute", _("skickar en ersättare")


class How(models.TextChoices):
    """How an answer came."""

    ACCOUNT = "account", _("inloggad")
    LINK = "link", _("genom länken")
    TOLD = "told", _("noterat av den som kallar")


class Stopped(models.TextChoices):
    """Why a unit takes no part any more."""

    CONSENT = "consent", _("samtycket gäller inte längre")
    NOT_NEEDED = "not_needed", _("behövs inte längre")


class Called(models.Model):
    """A unit that is called: the duty to come is the unit's, whoever it sends.

    `contact` is who gets the invitation here; a unit without an account gets it at `mail`, with a
    link. `person` is who will come, as the unit has said. `times` are those that suit.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="called")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mail = models.EmailField(blank=True)
    must_come = models.BooleanField(default=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    answered_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = SealedTextField(blank=True)
    times = models.ManyToManyField(Proposed, blank=True, related_name="suits")
    reminded_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=20, choices=Stopped.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A unit is called once, can be reached, and its answer has a moment and a way."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["call", "unit"], name="a_unit_is_called_once"),
            models.CheckConstraint(
                condition=Q(contact__isnull=False) | ~Q(mail=""),
                name="a_called_unit_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, how="", answered_by=None)
                | ~Q(answer="") & Q(answered_at__isnull=False) & ~Q(how=""),
                name="an_answer_of_a_unit_has_its_time_and_way",
            ),
            models.CheckConstraint(
                condition=~Q(how__in=[How.ACCOUNT, How.TOLD]) | Q(answered_by__isnull=False),
                name="an_answer_by_an_account_says_whose",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_because="")
                | Q(stopped_at__isnull=False) & ~Q(stopped_because=""),
                name="a_unit_is_taken_out_with_a_reason",
            ),
        )

    @property
    def is_silent(self) -> bool:
        """Called, still taking part, and nothing said."""
        return not self.answer and self.stopped_at is None


class AnswerLink(models.Model):
    """A link that answers one call for one unit, once: no account, no data about anybody."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    called = models.ForeignKey(Called, on_delete=models.CASCADE, related_name="links")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """It ends after it was made; one at a time."""

        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="a_link_to_answer_ends_after_it_was_made",
            ),
            models.UniqueConstraint(
                fields=["called"],
                condition=Q(used_at=None, revoked_at=None),
                name="a_unit_has_one_link_to_answer",
            ),
        )
