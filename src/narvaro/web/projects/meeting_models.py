"""Meetings of a project: series with a rhythm, and who was invited and came, by organisation and role.

Counts and never persons: those who come are many, from everywhere, and most have no account.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Authority, opaque
from narvaro.web.projects.rhythm import Per, Rhythm


class SeriesKind(models.TextChoices):
    """The meetings that programmes have had (A-R-55)."""

    PROJECT_GROUP = "project_group", _("Projektgrupp")
    CONTACT_PERSONS = "contact_persons", _("Kontaktpersoner")
    PRINCIPALS = "principals", _("Rektorsnätverk")
    STEERING = "steering", _("Styrgrupp")
    RESEARCHERS = "researchers", _("Avstämning med forskare")
    START_UP = "start_up", _("Uppstartsmöte")
    INSPIRATION = "inspiration", _("Inspirationsmöte")
    MID_TERM = "mid_term", _("Mittseminarium")
    FINAL = "final", _("Slutseminarium")
    OTHER = "other", _("Annat möte")


PER_WORDS = (
    (Per.WEEKS.value, _("veckor mellan mötena")),
    (Per.HALF_YEAR.value, _("per halvår")),
    (Per.TERM.value, _("per termin")),
    (Per.ONCE.value, _("en gång")),
    (Per.CALLED.value, _("när det kallas")),
)


class MeetingSeries(models.Model):
    """Meetings of one kind, with the local name, and how often they are planned."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="meeting_series"
    )
    kind = models.CharField(_("Slag"), max_length=20, choices=SeriesKind.choices)
    name = models.CharField(_("Namn"), max_length=80)
    number = models.PositiveSmallIntegerField(_("Antal"), default=1)
    per = models.CharField(_("Hur ofta"), max_length=10, choices=PER_WORDS)
    from_on = models.DateField(_("Från"))
    to_on = models.DateField(_("Till och med"), null=True, blank=True)
    agenda = models.TextField(_("Dagordning"), max_length=2_000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the kinds, as they were started."""

        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="project_meetings_end_after_they_start",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=52), name="a_rhythm_has_a_number"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="project_meetings_have_a_name"),
        )

    @property
    def rhythm(self) -> Rhythm:
        """As the counting reads it."""
        return Rhythm(self.number, Per(self.per))


class ProjectMeeting(models.Model):
    """One meeting. It was held when it has been noted who came; a cancelled one says why."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    series = models.ForeignKey(MeetingSeries, on_delete=models.CASCADE, related_name="meetings")
    on = models.DateField(_("Dag"))
    starts = models.TimeField(_("Tid"), null=True, blank=True)
    place = models.CharField(_("Plats"), max_length=80, blank=True)
    agenda = models.TextField(_("Dagordning"), max_length=2_000, blank=True)
    notes = models.TextField(_("Vad som sades"), max_length=4_000, blank=True)
    survey = models.TextField(_("Vad deltagarna svarade efteråt"), max_length=2_000, blank=True)
    changed = models.TextField(_("Vad vi ändrar till nästa gång"), max_length=2_000, blank=True)
    is_held = models.BooleanField(default=False)
    cancelled_because = models.CharField(_("Inställt, skäl"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; a meeting that was held is not called off."""

        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_held=False) | Q(cancelled_because=""),
                name="a_project_meeting_is_not_both_held_and_cancelled",
            ),
        )


class Turnout(models.Model):
    """How many of an organisation, in a role, were invited to a meeting, and how many came."""

    meeting = models.ForeignKey(ProjectMeeting, on_delete=models.CASCADE, related_name="turnouts")
    authority = models.ForeignKey(
        Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    other = models.CharField(_("Annan organisation"), max_length=120, blank=True)
    role = models.CharField(_("Roll"), max_length=60)
    invited = models.PositiveIntegerField(_("Inbjudna"), default=0)
    present = models.PositiveIntegerField(_("Kom"), null=True, blank=True)

    class Meta:
        """One row for an organisation and a role; one of the two ways to name it."""

        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=(Q(authority__isnull=False) & Q(other=""))
                | (Q(authority__isnull=True) & ~Q(other="")),
                name="a_turnout_is_of_an_authority_or_of_another_by_name",
            ),
            models.UniqueConstraint(
                fields=["meeting", "authority", "role"],
                condition=Q(authority__isnull=False),
                name="an_authority_and_role_are_counted_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "other", "role"],
                condition=Q(authority__isnull=True),
                name="another_organisation_and_role_are_counted_once",
            ),
        )

    @property
    def organisation(self) -> str:
        """Its name."""
        return self.authority.name if self.authority is not None else self.other


class MeetingDecision(models.Model):
    """What a meeting decided: who does it, and until when."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    meeting = models.ForeignKey(ProjectMeeting, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(_("Beslut"), max_length=400)
    owner = models.ForeignKey(
        Authority,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Organisation som gör det"),
    )
    due_on = models.DateField(_("Senast"))
    done_on = models.DateField(_("Klart"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order they were made."""

        ordering = ("pk",)
