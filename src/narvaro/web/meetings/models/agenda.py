"""What a meeting is about: its items, what was thought of each, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from narvaro.web.accounts.models import Account, opaque
from narvaro.web.meetings.models.series import Meeting
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.sealed import SealedTextField

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer


class Items(models.QuerySet["AgendaItem"]):
    """Items of agendas, in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Items:
        """Of meetings in scope: general ones, and those whose pupil the viewer may see today.

        A pupil with a protected identity is there for those on the pupil's list; for everybody
        else there is no item, no gap and no count.
        """
        mine = Pupil.objects.visible_to(viewer, action)
        if viewer.reach(action).is_self:
            known = Pupil.objects.filter(authority=viewer.authority, is_counted_only=False)
            mine = known.not_protected_from(viewer)
        meetings = Meeting.objects.visible_to(viewer, action)
        return self.filter(Q(pupil=None) | Q(pupil__in=mine), meeting__in=meetings)

    def on_the_agenda(self) -> Items:
        """Those that are not struck, in order."""
        return self.filter(struck_at=None).order_by("number", "pk")

    def undecided(self) -> Items:
        """On the agenda and without a decision."""
        return self.on_the_agenda().filter(decision=None)


class AgendaItem(models.Model):
    """One item. With a pupil: who, why, what was tried, learnt and is to be decided.

    `source_key` is what the app that offered it knows it by, and says nothing here. `choices`
    are the decisions it offered: `word`, `label`, `consequence`. A general item has a title and
    no pupil.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    pupil = models.ForeignKey(
        Pupil, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_key = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=200, blank=True)
    figure = models.CharField(max_length=40, blank=True)
    figure_on = models.DateField(null=True, blank=True)
    tried = models.TextField(max_length=2_000, blank=True)
    learnt = models.TextField(max_length=2_000, blank=True)
    to_decide = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(default=10)
    choices = models.JSONField(default=list)
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    struck_reason = models.CharField(max_length=200, blank=True)
    carried_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )

    objects = Items.as_manager()

    class Meta:
        """An item is about a pupil or has a title; a source stands once; what is struck says why."""

        ordering = ("number", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(pupil__isnull=False, title="") | (Q(pupil=None) & ~Q(title="")),
                name="an_item_is_about_a_pupil_or_has_a_title",
            ),
            models.UniqueConstraint(
                fields=["meeting", "source_key"],
                condition=~Q(source_key=""),
                name="a_source_stands_once_on_an_agenda",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None, struck_reason="")
                | (Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_reason="")),
                name="what_is_struck_says_why",
            ),
        )


class Analysis(models.Model):
    """What the meeting thought about a pupil: in school, at home and in leisure, what works."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="analysis")
    in_school = models.TextField(max_length=4_000, blank=True)
    at_home = models.TextField(max_length=4_000, blank=True)
    works = models.TextField(max_length=4_000, blank=True)
    changed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class ProtectedPart(models.Model):
    """What only some professions of student health read: encrypted, never printed, never counted."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="protected_part")
    text = SealedTextField()
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_as = models.CharField(max_length=40)
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class Decision(models.Model):
    """What was decided of an item: a word that its source offered, why, and whose turn it is."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="decision")
    word = models.CharField(max_length=60)
    label = models.CharField(max_length=120)
    reason = models.TextField(max_length=2_000)
    next_owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        """A decision has a word and a reason."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(word="") & ~Q(reason=""), name="a_decision_has_a_word_and_a_reason"
            ),
        )
