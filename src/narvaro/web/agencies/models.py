"""What an agency says of itself: kept in versions, written by its own contacts."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Authority, opaque
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies.scope import agencies_for

LONGEST = 2_000
LONGEST_SHARE = 300


class AgencyPages(models.QuerySet["AgencyPage"]):
    """What agencies have written, in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> AgencyPages:
        """Those of the agencies that the viewer reaches; a version is there from its moment on."""
        mine = agencies_for(viewer, action)
        return self.filter(authority__in=mine, written_at__lte=viewer.now)

    def newest(self, authority: Authority, at: datetime) -> AgencyPage | None:
        """The version of an agency that holds at a moment."""
        return self.filter(authority=authority, written_at__lte=at).order_by("-number").first()


class AgencyPage(models.Model):
    """One version of an agency's own page; a new one is written, none is changed."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="agency_pages")
    number = models.PositiveIntegerField()
    what_we_do = models.TextField(max_length=LONGEST)
    when_to_call = models.TextField(max_length=LONGEST)
    whom_to_call = models.TextField(max_length=LONGEST)
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = AgencyPages.as_manager()

    class Meta:
        """Numbered within the agency."""

        ordering = ("authority", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["authority", "number"], name="a_number_is_one_version_of_an_agencys_page"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="an_agencys_first_version_is_number_one"
            ),
        )


class Part(models.TextChoices):
    """What an agency does in a step of the routine."""

    LEADS = "leads", _("leder")
    TAKES_PART = "takes_part", _("deltar")
    ADVISES = "advises", _("ger råd")
    IS_TOLD = "is_told", _("får veta")


class Responsibility(models.Model):
    """What an agency answers for in a step (its id in the routine), as a version says."""

    page = models.ForeignKey(AgencyPage, on_delete=models.CASCADE, related_name="responsibilities")
    step = models.CharField(max_length=60)
    part = models.CharField(max_length=12, choices=Part.choices)
    words = models.CharField(max_length=LONGEST_SHARE, blank=True)

    class Meta:
        """One for a step."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["page", "step"], name="an_agency_says_one_thing_of_a_step"
            ),
            models.CheckConstraint(
                condition=models.Q(part__in=Part.values), name="a_part_in_a_step_is_known"
            ),
        )
