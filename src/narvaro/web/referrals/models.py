"""A referral from a case to a unit of another authority, and everything that happened to it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from narvaro.web.accounts.models import Account, Authority, Unit, opaque
from narvaro.web.cases.models import Case
from narvaro.web.disclosures.models import Disclosure
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.sealed import SealedTextField
from narvaro.web.referrals.receivers import kinds_for, units_of
from narvaro.web.referrals.rules import AWAITS_ANSWER, OPEN, UNSENT
from narvaro.web.referrals.words import Happening, ReferralKind, Side, State, WhyDeclined

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

_OPEN = sorted(OPEN)


class Referrals(models.QuerySet["Referral"]):
    """Referrals as their senders see them, always in scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Referrals:
        """Those of cases the viewer reaches.

        What a school has sent it answers for also when the pupil has left it: whoever reaches
        the whole school sees it as long as the case lies there.
        """
        reach = viewer.reach(action)
        if reach.authority is None:
            return self.none()
        mine = Q(case__in=Case.objects.visible_to(viewer, action))
        if reach.whole_schools and not reach.is_self:
            pupils = Pupil.objects.filter(authority=viewer.authority, is_counted_only=False)
            mine |= Q(
                case__school__key__in=reach.school_keys,
                pupil__in=pupils.not_protected_from(viewer),
            )
        return self.filter(mine, authority=viewer.authority)

    def received_by(self, viewer: Viewer, at: datetime) -> Referrals:
        """Those sent to the very unit the viewer serves at, while what was told with them lives.

        Asked at the moment of the reading: nothing is kept that says that it may be read.
        """
        told = Disclosure.objects.live_for(viewer, at)
        sent = self.exclude(state__in=sorted(UNSENT)).filter(sent_on__lte=viewer.today)
        return sent.filter(
            kind__in=kinds_for(viewer.role), receiver__in=units_of(viewer), disclosure__in=told
        )

    def still_open(self) -> Referrals:
        """Those that somebody has something left to do with."""
        return self.filter(state__in=_OPEN)


class Referral(models.Model):
    """What is asked of a unit of another authority about a pupil of a case.

    What is asked, of whom and about whom never changes. `disclosure` is what it stands on: without
    one that lives the receiver sees nothing of it. `noted_on`: an answer was read here.
    `state` is what its moments add up to.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    kind = models.CharField(max_length=10, choices=ReferralKind.choices, default=ReferralKind.HELP)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="referrals")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="referrals")
    question = SealedTextField()
    disclosure = models.ForeignKey(
        Disclosure, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.PREPARED)
    made_at = models.DateTimeField()
    made_on = models.DateField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    noted_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = Referrals.as_manager()

    class Meta:
        """One open referral of a case to a unit; one that waits for an answer has a last day."""

        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case", "receiver"],
                condition=Q(state__in=_OPEN),
                name="one_open_referral_of_a_case_to_a_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(AWAITS_ANSWER))
                | Q(sent_on__isnull=False, due_on__isnull=False),
                name="a_sent_referral_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(UNSENT)) | Q(disclosure__isnull=False),
                name="a_referral_is_sent_with_a_disclosure",
            ),
        )

    @property
    def is_open(self) -> bool:
        """Somebody has something left to do with it."""
        return State(self.state) in OPEN


class Moment(models.Model):
    """Something that happened to a referral: what, by which side, by whom, and why. Never changed."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="moments")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=10, choices=Happening.choices)
    side = models.CharField(max_length=10, choices=Side.choices)
    at = models.DateTimeField()
    on = models.DateField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    why_code = models.CharField(max_length=12, choices=WhyDeclined.choices, blank=True)
    why = SealedTextField(blank=True)

    class Meta:
        """In the order they happened; who declines says why."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["referral", "number"], name="moments_of_a_referral_follow_each_other"
            ),
            models.CheckConstraint(
                condition=~Q(what=Happening.DECLINE) | ~Q(why_code=""),
                name="who_declines_a_referral_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(what__in=[Happening.WITHDRAW, Happening.REOPEN]) | ~Q(why=""),
                name="who_takes_a_referral_back_says_why",
            ),
        )
