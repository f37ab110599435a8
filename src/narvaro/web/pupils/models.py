"""The person behind a key: names, enrolments, protection. Names live here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Authority, on_day, opaque

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer


class Protection(models.TextChoices):
    """As the source tells it; `UNKNOWN_MARKING` is a word we do not know, and counts as protected."""

    NONE = "none", _("ingen")
    MARKED = "marked", _("sekretessmarkering")
    PROTECTED_REGISTRATION = "protected_registration", _("skyddad folkbokföring")
    UNKNOWN_MARKING = "unknown", _("okänd markering")


class HeldBack(models.TextChoices):
    """Why a guardian gets no letters from here, as the school has noted it."""

    NO = "", _("får brev")
    THREAT = "threat", _("noterad som ett hot: får inga brev")
    SHIELDED = "shielded", _("skyddas från en annan vårdnadshavare: får inga brev")


class Pupils(models.QuerySet["Pupil"]):
    """Pupils, always in somebody's scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Pupils:
        """Those the viewer may do the action to, today: in scope, and not protected from them."""
        return self.at_own_places(viewer, action).not_protected_from(viewer)

    def named_to(self, viewer: Viewer, action: str) -> Pupils:
        """Those that a list, an export or a mail may name to the viewer: nobody protected.

        Who is on a protected pupil's list opens the pupil's own page, with a reason.
        """
        return self.visible_to(viewer, action).filter(protection=Protection.NONE)

    def at_own_places(self, viewer: Viewer, action: str) -> Pupils:
        """Those in the viewer's scope, protected ones too: only for who decides about access."""
        reach = viewer.reach(action)
        if reach.authority is None or not (reach.school_keys or reach.class_keys):
            return self.none()
        place = Q(class_key__in=reach.class_keys)
        if reach.whole_schools:
            place |= Q(school_key__in=reach.school_keys)
        here = Enrolment.objects.filter(place, on_day(viewer.today))
        mine = self.filter(authority=reach.authority, pk__in=here.values("pupil"))
        return mine.filter(is_counted_only=False)

    def in_name_order(self) -> Pupils:
        """By family name, given name, then key: Swedish letters last."""
        return self.order_by("sort_name", "key")

    def not_protected_from(self, viewer: Viewer) -> Pupils:
        """Without those with a protected identity, but for the ones whose list names the viewer."""
        listed = Access.objects.filter(on_day(viewer.today), account=viewer.account)
        return self.filter(Q(protection=Protection.NONE) | Q(pk__in=listed.values("pupil")))


class Pupil(models.Model):
    """A pupil of an authority. `key` is the pupil's key in the ledger.

    `protection` is what holds; `told_with_names` the marking that came with the names, which a
    roster that tells of none does not take away.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    key = models.CharField(max_length=64)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    sort_name = models.CharField(max_length=240, blank=True)
    number_encrypted = models.BinaryField(default=bytes, blank=True)
    number_index = models.CharField(max_length=64, blank=True, db_index=True)
    protection = models.CharField(
        max_length=24, choices=Protection.choices, default=Protection.NONE
    )
    told_with_names = models.CharField(
        max_length=24, choices=Protection.choices, default=Protection.NONE
    )
    is_counted_only = models.BooleanField(default=False)

    objects = Pupils.as_manager()

    class Meta:
        """A key is one pupil."""

        constraints = (
            models.UniqueConstraint(fields=["authority", "key"], name="a_key_is_one_pupil"),
        )

    @property
    def is_protected(self) -> bool:
        """Anything but no marking."""
        return self.protection != Protection.NONE

    @property
    def name(self) -> str:
        """Given and family name; empty when the sources tell none."""
        return f"{self.given_name} {self.family_name}".strip()


class Enrolment(models.Model):
    """A pupil at a school in a class; both days are included, `to_on` None is open."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="enrolments")
    school_key = models.CharField(max_length=64)
    class_key = models.CharField(max_length=64, blank=True)
    grade = models.CharField(max_length=10, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        """Found by class and by school."""

        indexes = (models.Index(fields=["school_key"]), models.Index(fields=["class_key"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="an_enrolment_ends_after_it_starts",
            ),
        )


class Guardian(models.Model):
    """A guardian of one pupil: a row for each of the two, so that each is protected apart.

    `held_back` is noted by the school itself, and stands whatever a delivery tells.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="guardians")
    key = models.CharField(max_length=64)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=60, blank=True)
    protection = models.CharField(
        max_length=24, choices=Protection.choices, default=Protection.NONE
    )
    held_back = models.CharField(max_length=10, choices=HeldBack.choices, blank=True)

    class Meta:
        """A guardian stands once at a pupil."""

        constraints = (
            models.UniqueConstraint(fields=["pupil", "key"], name="a_guardian_once_at_a_pupil"),
        )

    @property
    def is_protected(self) -> bool:
        """Anything but no marking; such a guardian's name and contact are shown to nobody else."""
        return self.protection != Protection.NONE


class Access(models.Model):
    """Somebody who may see a pupil with a protected identity, by a decision, for a time."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="access_list")
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        """A decision ends no earlier than it starts."""

        constraints = (
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="an_access_ends_after_it_starts",
            ),
        )
