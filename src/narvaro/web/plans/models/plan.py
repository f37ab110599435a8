"""A coordinated individual plan in its versions: the part that can be shared with others.

The school's own part is a table of its own (`models.own`). A signed version never changes:
the database itself refuses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Unit, opaque
from narvaro.web.cases.models import Case
from narvaro.web.pupils.models import Protection, Pupil
from narvaro.web.pupils.sealed import SealedTextField

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

_UNSIGNED = Q(signed_at=None, signed_by=None, content_hash="", previous_hash="")
_SIGNED = Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(content_hash="")
_WHOLE = (
    ~Q(needs="")
    & (~Q(important="") | ~Q(silence=""))
    & Q(main_unit__isnull=False, follow_up_on__isnull=False)
)


class Plans(models.QuerySet["Plan"]):
    """Plans, always in somebody's scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Plans:
        """Those whose case the viewer reaches for the action."""
        return self.filter(case__in=Case.objects.visible_to(viewer, action))

    def named_to(self, viewer: Viewer, action: str) -> Plans:
        """Those that a list may show: none about somebody with a protected identity."""
        return self.visible_to(viewer, action).filter(case__pupil__protection=Protection.NONE)


class Plan(models.Model):
    """The plan of a case. What it says stands in its versions."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="plan")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    objects = Plans.as_manager()

    @property
    def pupil(self) -> Pupil:
        """Whose plan it is."""
        return self.case.pupil


class Silence(models.TextChoices):
    """Why the pupil's own words are not there."""

    DOES_NOT_WANT = "does_not_want", _("Eleven är tillfrågad och vill inte säga något")
    NOT_REACHED = "not_reached", _("Eleven har inte kunnat frågas än")


class PlanVersion(models.Model):
    """A version of a plan: a draft until it is signed, then locked for ever.

    `important` is the pupil's own words; `silence` says why there are none. `is_alone` says that
    it was asked, and that neither the pupil, the home nor anybody else does anything.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    needs = SealedTextField(blank=True)
    important = SealedTextField(blank=True)
    silence = models.CharField(max_length=20, choices=Silence.choices, blank=True)
    is_alone = models.BooleanField(default=False)
    main_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    follow_up_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    content_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        """Signed wholly or not at all; one draft at a time; nothing mandatory is left out."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "number"], name="a_version_of_a_plan_has_its_own_number"
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(signed_at=None), name="a_plan_has_one_draft_at_a_time"
            ),
            models.CheckConstraint(
                condition=_UNSIGNED | (_SIGNED & ~Q(previous_hash="")),
                name="a_plan_is_signed_completely_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | _WHOLE,
                name="a_signed_plan_has_all_that_it_must_have",
            ),
            models.CheckConstraint(
                condition=Q(important="") | Q(silence=""),
                name="a_pupil_who_has_said_something_is_not_silent",
            ),
            models.CheckConstraint(
                condition=Q(silence="") | Q(silence__in=Silence.values),
                name="a_pupil_is_silent_for_a_known_reason",
            ),
            models.CheckConstraint(
                condition=Q(saved_at__gte=F("started_at")),
                name="a_plan_is_saved_after_it_is_started",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(signed_at__gte=F("saved_at")),
                name="a_plan_is_signed_after_it_is_saved",
            ),
        )

    @property
    def is_signed(self) -> bool:
        """It can no longer be changed."""
        return self.signed_at is not None


class Who(models.TextChoices):
    """Who does something: a unit of an organiser, or somebody who is no agency."""

    UNIT = "unit", _("en enhet")
    PUPIL = "pupil", _("eleven")
    HOME = "home", _("hemmet")
    OTHER = "other", _("någon annan")


class Effort(models.Model):
    """What somebody does: a unit that answers for it, the pupil, the home or somebody else.

    A draft may leave out who, and what; a signed version does not: the database refuses.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="efforts")
    number = models.PositiveSmallIntegerField()
    words = SealedTextField(blank=True)
    who = models.CharField(max_length=10, choices=Who.choices, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    other = SealedTextField(blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        """In the order they were written; a unit exactly where a unit answers."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["version", "number"], name="an_effort_has_its_own_number_in_a_version"
            ),
            models.CheckConstraint(
                condition=Q(who="unit", unit__isnull=False) | (~Q(who="unit") & Q(unit=None)),
                name="an_effort_of_a_unit_names_the_unit",
            ),
            models.CheckConstraint(
                condition=Q(who="") | Q(who__in=Who.values), name="an_effort_is_of_a_known_kind"
            ),
        )
