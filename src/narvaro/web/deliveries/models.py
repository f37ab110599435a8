"""Where registrations come from, and each time something came. No pupil's data is kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Authority, opaque
from narvaro.web.jobs.models import Job

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer


class SourceKind(models.TextChoices):
    """How a source speaks."""

    EXCHANGE = "exchange", _("filer i Närvaros utbytesformat")
    PROFILE = "profile", _("filer från ett annat system, med en läsprofil")
    SS12000 = "ss12000", _("SS 12000-server")


class Sources(models.QuerySet["Source"]):
    """Sources, always in somebody's scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Sources:
        """Those of the viewer's authority; what of them a school sees is for the page to say."""
        reach = viewer.reach(action)
        if reach.authority is None or reach.is_empty:
            return self.none()
        return self.filter(authority=reach.authority)


class Source(models.Model):
    """A system that tells of pupils, lessons or absence. `name` is its name in the ledger.

    `profile` is the text (TOML) of how it is read: a mapping profile or an SS 12000 profile;
    `profile_by` the account that saved it last.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="sources")
    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=SourceKind.choices)
    profile = models.TextField(blank=True)
    profile_by = models.CharField(max_length=22, blank=True)
    guess = models.JSONField(default=dict)
    keys_of = models.CharField(max_length=100, blank=True)
    has_pseudonyms = models.BooleanField(default=False)
    is_on = models.BooleanField(default=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    check_result = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    objects = Sources.as_manager()

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    """What became of a load."""

    TAKEN = "taken", _("inläst")
    UNCHANGED = "unchanged", _("inget nytt")
    REFUSED = "refused", _("kan inte användas")
    DISCARDED = "discarded", _("kastad")


class Loads(models.QuerySet["Load"]):
    """Loads, always in somebody's scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Loads:
        """Those of sources the viewer sees, that had come by the viewer's day."""
        sources = Source.objects.visible_to(viewer, action)
        return self.filter(source__in=sources, asked_at__lte=viewer.now)

    def without_profile(self) -> Loads:
        """Those that wait until a person has looked at how their file is to be read."""
        waiting = self.filter(ended_at=None, decided_at=None, source__kind=SourceKind.PROFILE)
        return waiting.filter(source__profile="").exclude(source__guess={})

    def waiting(self) -> Loads:
        """Those a person has to decide on: looked at, not begun, not ended."""
        return self.filter(ended_at=None, decided_at=None).exclude(looked_at=None)


class Load(models.Model):
    """One upload or one fetch: looked at, decided on, taken in or not.

    `stored` names its folder of files until it has ended; `seen` holds what the look found,
    `faults` what is wrong, `result` what the ledger gained: counts, places in the file and our
    own words. `held` says why it waits for a person though it could be taken in. `asked_by` is
    who asked last: for an upload that is decided on, no longer `uploaded_by`.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="loads")
    asked_at = models.DateTimeField()
    asked_by = models.JSONField(default=dict)
    uploaded_by = models.CharField(max_length=22, blank=True)
    stored = models.CharField(max_length=22, blank=True)
    form = models.CharField(max_length=20, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)
    seen = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    held = models.CharField(max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    batch = models.PositiveIntegerField(null=True, blank=True)
    result = models.JSONField(default=dict)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_batch = models.PositiveIntegerField(null=True, blank=True)

    objects = Loads.as_manager()

    class Meta:
        """What must always be so of a load."""

        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="")
                | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="an_ended_load_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(batch=None) | Q(outcome=Outcome.TAKEN),
                name="only_a_load_that_was_taken_in_has_a_batch",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(outcome=Outcome.TAKEN),
                name="only_a_load_that_was_taken_in_is_taken_back",
            ),
        )

    @property
    def senders(self) -> tuple[str, ...]:
        """The accounts what is told comes from: none of them approves the roles in it."""
        return self.uploaded_by, str(self.asked_by.get("account", "")), self.source.profile_by

    @property
    def waits_for_profile(self) -> bool:
        """Nothing is under way: a person has to say what the columns of its file are."""
        is_open = self.ended_at is None and self.decided_at is None
        source = self.source
        is_guessed = source.kind == SourceKind.PROFILE and bool(source.guess) and not source.profile
        return is_open and is_guessed

    @property
    def is_held(self) -> bool:
        """It could be taken in, and waits because it is unlike the source's last one."""
        return bool(self.held) and self.ended_at is None

    @property
    def may_be_taken_in(self) -> bool:
        """It has been looked at, and nobody has decided yet."""
        return bool(self.looked_at) and self.decided_at is None and self.ended_at is None

    @property
    def may_be_taken_back(self) -> bool:
        """It is in the ledger, and has not been taken back."""
        return self.batch is not None and self.taken_back_at is None
