"""The log of reads and writes: rows that follow each other by hash; and its reviews."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NOTHING_BEFORE = "0" * 64


class Kind(models.TextChoices):
    """What sort of thing was done."""

    READ = "read", _("läst")
    WRITE = "write", _("ändrat")
    SEARCH = "search", _("sökt")
    EXPORT = "export", _("hämtat ut")
    PRINT = "print", _("skrivit ut")
    REFUSED = "refused", _("nekats")
    SIGN_IN = "sign_in", _("inloggning")


class Entry(models.Model):
    """One thing somebody did or saw: keys and opaque ids, never names or text.

    `subjects` are opaque ids such as `pupil:Xk3…`. `hash` is over the entry and the hash of
    the one before (`chain.py`), so that a changed, removed or moved row is found. The database
    itself refuses to change an entry, and to remove one that no signed checkpoint covers.
    """

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    account = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    action = models.CharField(max_length=80)
    subjects = models.JSONField(default=list)
    reason = models.CharField(max_length=40, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """Read newest first; found by who and by what."""

        ordering = ("-number",)
        indexes = (models.Index(fields=["account", "at"]), models.Index(fields=["at"]))


class Head(models.Model):
    """The one row that says where the chain ends, signed; locked while an entry is added."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=NOTHING_BEFORE)
    signature = models.CharField(max_length=128, blank=True)


class Checkpoint(models.Model):
    """Where the chain stood at a time, signed. A cut: what is up to it may be gone."""

    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    is_cut = models.BooleanField(default=False)
    signature = models.CharField(max_length=128)

    class Meta:
        """One cut at a number."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["number"], condition=Q(is_cut=True), name="the_log_is_cut_once_at_a_number"
            ),
        )


def review_id() -> str:
    """An id that says nothing."""
    return secrets.token_urlsafe(16)


class Sample(models.TextChoices):
    """How the entries of a review were found."""

    RANDOM = "random", _("slumpvis")
    TARGETED = "targeted", _("riktat")


class Conclusion(models.TextChoices):
    """How a review ended."""

    NOTHING_FOUND = "nothing_found", _("inget att anmärka")
    ASKED = "asked", _("frågat, fått ett gott svar")
    REPORTED = "reported", _("anmält vidare")


class Review(models.Model):
    """A review of a part of the log: how entries were drawn, by whom, and how it ended.

    `seed` and the period make the draw repeatable. `by` is an account's public id, `unit` the
    public id of the unit the reviewer served at.
    """

    public_id = models.CharField(max_length=22, unique=True, default=review_id)
    by = models.CharField(max_length=22)
    unit = models.CharField(max_length=22)
    at = models.DateTimeField()
    sample = models.CharField(max_length=10, choices=Sample.choices)
    target = models.CharField(max_length=60, blank=True)
    from_on = models.DateField()
    to_on = models.DateField()
    seed = models.CharField(max_length=22, default=review_id)
    population = models.PositiveIntegerField()
    closed_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.CharField(max_length=20, choices=Conclusion.choices, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        """Newest first; closed with a conclusion or not at all."""

        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, conclusion="")
                | (Q(closed_at__isnull=False) & ~Q(conclusion="")),
                name="a_review_is_closed_with_a_conclusion",
            ),
        )


class Outcome(models.TextChoices):
    """What the reviewer found of one entry."""

    IN_ORDER = "in_order", _("hör till uppdraget")
    ASKED = "asked", _("frågat personen")
    DEVIATION = "deviation", _("avvikelse")


class Reviewed(models.Model):
    """An entry that was drawn, by number (the entry itself may be cut away later)."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="drawn")
    number = models.BigIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)

    class Meta:
        """An entry is drawn once in a review."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["review", "number"], name="an_entry_is_drawn_once_in_a_review"
            ),
        )
