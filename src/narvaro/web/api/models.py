"""Personal keys: one account, in one of its assignments, for at most ninety days."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from narvaro.web.accounts.models import Account, Assignment, is_on, opaque

LONGEST_DAYS = 90


class Keys(models.QuerySet["Key"]):
    """Keys, always of their own account."""

    def of(self, account: Account) -> Keys:
        """The account's own, those that can be used first, then the newest."""
        mine = self.filter(account=account).select_related("assignment__unit")
        return mine.order_by(F("revoked_at").asc(nulls_first=True), "-made_at", "-pk")

    def living(self, today: date) -> Keys:
        """Neither revoked nor past their last day."""
        return self.filter(revoked_at__isnull=True, expires_on__gte=today)


class Key(models.Model):
    """What lets a program act for somebody. `digest` is of the secret, which is kept nowhere.

    `asked` counts the requests of `minute`.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="api_keys")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_on = models.DateField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    minute = models.DateTimeField(null=True, blank=True)
    asked = models.PositiveIntegerField(default=0)

    objects = Keys.as_manager()

    class Meta:
        """A key ends after it starts; those that are not revoked have names of their own."""

        constraints = (
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("made_on")), name="a_key_ends_after_it_is_made"
            ),
            models.UniqueConstraint(
                fields=["account", "name"],
                condition=Q(revoked_at__isnull=True),
                name="a_name_is_one_key_of_an_account",
            ),
        )

    def why_dead(self, today: date) -> str:
        """Why it opens nothing; empty while it does."""
        post = self.assignment
        if self.revoked_at is not None:
            return "it has been revoked"
        if self.expires_on < today:
            return "its time is over"
        if not self.account.is_active:
            return "the account is closed"
        if post.account_id != self.account.pk or not is_on(today, post.from_on, post.to_on):
            return "the assignment it acts in is over"
        return ""


class Change(models.Model):
    """When a flag, case, step or task was last changed. `row` is its number in its own table."""

    kind = models.CharField(max_length=8)
    row = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        """One for each."""

        constraints = (
            models.UniqueConstraint(fields=["kind", "row"], name="a_thing_was_last_changed_once"),
        )
