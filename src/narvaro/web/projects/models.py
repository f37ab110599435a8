"""A project: one programme run by authorities, with all that happened dated and sourced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Authority, Unit, opaque
from narvaro.web.projects.in_use_models import ProgrammeInUse as ProgrammeInUse
from narvaro.web.projects.meeting_models import MeetingDecision as MeetingDecision
from narvaro.web.projects.meeting_models import MeetingSeries as MeetingSeries
from narvaro.web.projects.meeting_models import ProjectMeeting as ProjectMeeting
from narvaro.web.projects.meeting_models import SeriesKind as SeriesKind
from narvaro.web.projects.meeting_models import Turnout as Turnout

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer


class Projects(models.QuerySet["Project"]):
    """Projects, in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Projects:
        """Those that the viewer's authority takes part in, for the roles the table lets in."""
        reach = viewer.reach(action)
        if reach.authority is None or reach.is_empty:
            return self.none()
        return self.filter(authorities=reach.authority).distinct()


class Project(models.Model):
    """A programme (its id in the library) run for a time by one or more authorities."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    name = models.CharField(_("Namn"), max_length=120)
    programme = models.CharField(_("Program"), max_length=60)
    about = models.TextField(_("Vad projektet är"), max_length=2_000, blank=True)
    authorities = models.ManyToManyField(Authority, related_name="projects")
    from_on = models.DateField(_("Från"))
    to_on = models.DateField(_("Till och med"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = Projects.as_manager()

    class Meta:
        """A project ends no earlier than it starts."""

        constraints = (
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="a_project_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Part(models.TextChoices):
    """The parts of the programme; Borås had these four."""

    REGISTRATION = "registration", _("Registrering")
    ROUTINE = "routine", _("Rutin")
    DETECTION = "detection", _("Upptäckt")
    COLLABORATION = "collaboration", _("Samverkan")


class Record(models.Model):
    """Something noted about a project. `version` is how two writers find out about each other."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="%(class)ss")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Shared by every kind of note."""

        abstract = True


class Phase(Record):
    """A phase; phases may overlap, and go on after the project's end (A-R-17)."""

    name = models.CharField(_("Fas"), max_length=120)
    part = models.CharField(_("Del"), max_length=20, choices=Part.choices, blank=True)
    from_on = models.DateField(_("Från"))
    to_on = models.DateField(_("Till och med"), null=True, blank=True)

    class Meta:
        """In order of time."""

        ordering = ("from_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="a_phase_ends_after_it_starts",
            ),
        )


class Amendment(Record):
    """A change of the project, by a decision."""

    decided_on = models.DateField(_("Beslutat"))
    decision = models.CharField(_("Beslut, av vem"), max_length=200)
    text = models.TextField(_("Vad som ändrades"), max_length=2_000)

    class Meta:
        """In order of time."""

        ordering = ("decided_on", "pk")


class Answer(models.TextChoices):
    """What has happened with a school or a municipality that was asked."""

    ASKED = "asked", _("tillfrågad")
    ACCEPTED = "accepted", _("tackade ja")
    DECLINED = "declined", _("tackade nej")
    JOINED = "joined", _("med från")
    LIVE = "live", _("i drift från")
    LEFT = "left", _("lämnade")


class Arm(models.TextChoices):
    """As `participations` of the exchange format."""

    PROJECT = "project", _("projektskola")
    CONTROL = "control", _("kontrollskola")


class Step(Record):
    """One dated step of a school or a municipality: asked, accepted, declined, joined, left."""

    school = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("Skola")
    )
    other = models.CharField(_("Annan kommun eller skola"), max_length=120, blank=True)
    answer = models.CharField(_("Vad som hände"), max_length=10, choices=Answer.choices)
    arm = models.CharField(_("Roll"), max_length=10, choices=Arm.choices, blank=True)
    on = models.DateField(_("Datum"))
    note = models.CharField(_("Anteckning"), max_length=400, blank=True)

    class Meta:
        """One of the two is named."""

        ordering = ("on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=(Q(school__isnull=False) & Q(other=""))
                | (Q(school__isnull=True) & ~Q(other="")),
                name="a_step_is_of_a_school_or_of_another_by_name",
            ),
        )


class Goal(Record):
    """What is to be reached in a part, and what has been measured of it."""

    part = models.CharField(_("Del"), max_length=20, choices=Part.choices)
    text = models.CharField(_("Mål"), max_length=300)
    target = models.DecimalField(
        _("Målvärde"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("Enhet"), max_length=30, blank=True)

    class Meta:
        """By part, in the order they were set."""

        ordering = ("pk",)


class Reading(Record):
    """A goal's value on a day, and where it comes from."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="readings")
    value = models.DecimalField(_("Värde"), max_digits=9, decimal_places=2)
    on = models.DateField(_("Datum"))
    source = models.CharField(_("Källa"), max_length=200)

    class Meta:
        """In order of time."""

        ordering = ("on", "pk")


class Assumption(Record):
    """What was assumed when the project was planned, and how it turned out."""

    text = models.CharField(_("Vi antog"), max_length=400)
    outcome = models.CharField(_("Så blev det"), max_length=400, blank=True)
    outcome_on = models.DateField(_("Såg vi"), null=True, blank=True)

    class Meta:
        """In the order they were written."""

        ordering = ("pk",)


class Deviation(Record):
    """A risk or a deviation, and what it leads to."""

    is_risk = models.BooleanField(_("Det är en risk som inte har inträffat"), default=False)
    text = models.CharField(_("Vad"), max_length=400)
    consequence = models.CharField(_("Följd"), max_length=400)
    on = models.DateField(_("Datum"))
    resolved_on = models.DateField(_("Löst"), null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-on", "-pk")


class Visit(Record):
    """A coaching visit at a school."""

    school = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name=_("Skola"))
    on = models.DateField(_("Datum"))
    text = models.CharField(_("Vad det gällde"), max_length=400)

    class Meta:
        """The newest first."""

        ordering = ("-on", "-pk")


class EventKind(models.TextChoices):
    """Events that a curve should be read with."""

    PRINCIPAL = "principal", _("ny rektor")
    STAFF = "staff", _("personal flyttad")
    INSPECTION = "inspection", _("föreläggande")
    OUTBREAK = "outbreak", _("utbrott av sjukdom")
    OTHER = "other", _("annat")


class Event(Record):
    """Something that happened at a school, or everywhere, that charts draw."""

    school = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("Skola (tomt: alla)")
    )
    kind = models.CharField(_("Slag"), max_length=12, choices=EventKind.choices)
    on = models.DateField(_("Datum"))
    text = models.CharField(_("Vad som hände"), max_length=200)

    class Meta:
        """In order of time."""

        ordering = ("on", "pk")


class Fact(Record):
    """A statement with its source and date; two may differ, and both stand (P23)."""

    topic = models.CharField(_("Vad det gäller"), max_length=120)
    statement = models.CharField(_("Uppgift"), max_length=300)
    source = models.CharField(_("Källa"), max_length=200)
    dated_on = models.DateField(_("Daterad"))

    class Meta:
        """By topic, then time."""

        ordering = ("topic", "dated_on", "pk")
