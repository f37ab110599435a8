"""What is noted in a case: notes of three kinds, contacts with the home, and people's own words."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, opaque
from narvaro.web.accounts.restriction import Restriction
from narvaro.web.accounts.roles import Role
from narvaro.web.cases.models.case import Case
from narvaro.web.pupils.models import Guardian
from narvaro.web.pupils.sealed import SealedTextField


class Note(models.Model):
    """A note; who may read it is said before it is written, and does not change afterwards.

    A nurse or doctor is recorded as involved: their notes belong to the medical record.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    restriction = models.CharField(max_length=20, choices=Restriction.choices)
    text = SealedTextField(blank=True)
    is_involvement_only = models.BooleanField(default=False)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, choices=Role.choices)
    at = models.DateTimeField()
    on = models.DateField()

    class Meta:
        """A note says something, or only that somebody is involved."""

        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_involvement_only=True, text="")
                | Q(is_involvement_only=False) & ~Q(text=""),
                name="a_note_says_something_or_only_who_is_involved",
            ),
        )


class NoteOpened(models.Model):
    """A restricted note that somebody outside its readers opened, and the reason given."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="openings")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=300)

    class Meta:
        """Nobody opens a note without a reason."""

        constraints = (
            models.CheckConstraint(condition=~Q(why=""), name="a_note_is_opened_with_a_reason"),
        )


class ContactWay(models.TextChoices):
    """How the home was sought."""

    PHONE = "phone", _("telefon")
    MEETING = "meeting", _("möte")
    LETTER = "letter", _("brev")
    MESSAGE = "message", _("meddelande")
    VISIT = "visit", _("hembesök")


class ContactOutcome(models.TextChoices):
    """What came of it."""

    TALKED = "talked", _("talade med hemmet")
    BOOKED = "booked", _("bokade en tid")
    NOT_REACHED = "not_reached", _("nåddes inte")
    NO_SHOW = "no_show", _("kom inte")
    DECLINED = "declined", _("svarade nej")


class Contact(models.Model):
    """An attempt to reach the home. `guardian` None: the whole home, or one who is not listed."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contacts")
    guardian = models.ForeignKey(
        Guardian, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()
    way = models.CharField(max_length=10, choices=ContactWay.choices)
    outcome = models.CharField(max_length=20, choices=ContactOutcome.choices)
    note = SealedTextField(blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order they were made."""

        ordering = ("on", "at", "pk")


class Whose(models.TextChoices):
    """Whose own words."""

    PUPIL = "pupil", _("eleven")
    GUARDIAN = "guardian", _("vårdnadshavare")


class Voice(models.Model):
    """What the pupil or a guardian said, in their own words and kept as theirs."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="voices")
    whose = models.CharField(max_length=10, choices=Whose.choices)
    guardian = models.ForeignKey(
        Guardian, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = SealedTextField()
    on = models.DateField()
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Words are words."""

        ordering = ("on", "at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="a_voice_says_something"),
        )
