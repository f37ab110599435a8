"""A signed plan followed up, and what it is followed by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.plans.actions.drafting import Doing, drafted, put
from narvaro.web.plans.actions.telling import tell
from narvaro.web.plans.models import FollowUp, Outcome, OwnPart, Plan, PlanVersion


def new_version(plan: Plan, *, by: Viewer, at: datetime) -> PlanVersion:
    """A draft that says what the latest signed version says; the draft itself when there is one.

    The day of the follow-up is asked for anew. Raises `Refused` when nothing is signed.
    """
    with transaction.atomic():
        Case.objects.select_for_update(no_key=True).get(pk=plan.case_id)  # one draft for each plan
        last = plan.versions.order_by("-number").first()
        if last is None:
            raise Refused(_("Planen har ingen version än."))
        if not last.is_signed:
            return last
        made = _copied(plan, last, by=by, at=at)
        tell(plan, "plans.new_version", by=by, at=at)
    return made


def _copied(plan: Plan, last: PlanVersion, *, by: Viewer, at: datetime) -> PlanVersion:
    made = drafted(
        plan,
        number=last.number + 1,
        by=by,
        at=at,
        needs=last.needs,
        important=last.important,
        silence=last.silence,
        is_alone=last.is_alone,
        main_unit=last.main_unit,
    )
    put(
        made,
        [
            Doing(one.words, one.who, one.unit, one.other, one.due_on)
            for one in last.efforts.select_related("unit")
        ],
    )
    own = OwnPart.objects.filter(of=last).first()
    if own is not None:
        OwnPart.objects.create(
            of=made, does=own.does, knows=own.knows, saved_at=at, saved_by=by.account
        )
    return made


@dataclass(frozen=True)
class Followed:
    """How a plan was followed up."""

    on: date
    words: str
    outcome: str


def follow_up(version: PlanVersion, followed: Followed, *, by: Viewer, at: datetime) -> FollowUp:
    """Note how the version that holds was followed up; a plan that goes on gets its next draft.

    Raises `Refused` for a version that is not the latest signed one or was followed up already.
    """
    with transaction.atomic():
        Case.objects.select_for_update(no_key=True).get(pk=version.plan.case_id)
        last = version.plan.versions.exclude(signed_at=None).order_by("-number").first()
        if last is None or last.pk != version.pk:
            raise Refused(_("Bara den version som gäller följs upp."))
        if FollowUp.objects.filter(of=version).exists():
            raise Refused(_("Någon annan har redan antecknat uppföljningen. Inget är överskrivet."))
        made = FollowUp.objects.create(
            of=version,
            on=followed.on,
            words=followed.words,
            outcome=followed.outcome,
            at=at,
            by=by.account,
        )
        if followed.outcome == Outcome.GOES_ON and version.plan.versions.latest("number") == last:
            _copied(version.plan, last, by=by, at=at)
        tell(version.plan, "plans.follow_up", by=by, at=at, more=[f"follow_up:{made.public_id}"])
    return made
