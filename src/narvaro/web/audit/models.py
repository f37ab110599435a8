"""The log of reads and writes: rows that follow each other by hash."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """What sort of thing was done."""

    READ = "read"
    WRITE = "write"
    SEARCH = "search"
    EXPORT = "export"
    PRINT = "print"
    REFUSED = "refused"
    SIGN_IN = "sign_in"


class Entry(models.Model):
    """One thing somebody did or saw: keys and opaque ids, never names or text.

    `subjects` are opaque ids such as `pupil:Xk3…`. `hash` is over the entry and the hash of
    the one before (`chain.py`), so that a changed, removed or moved row is found.
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
    """The one row that says where the chain ends; locked while an entry is added."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
