"""Plans in the work queue: a follow-up whose day comes, and a draft that one has left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import LEADERS
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.plans.models import Plan, PlanVersion
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.registry import QueueGroup, QueueRow

BEFORE = timedelta(days=14)
"""So long before its day a follow-up stands in the queue: those who come have to be called."""
ALONE = timedelta(days=7)
"""So long after the day nobody has followed up, the leaders of the school see it too."""


def queue(viewer: Viewer) -> Iterator[QueueRow]:
    """Follow-ups of own cases, for leaders those that nobody takes, and own drafts."""
    if not viewer.may("plans.follow_up"):
        return
    reached = Plan.objects.visible_to(viewer, "plans.follow_up")
    mine = PlanVersion.objects.filter(plan__in=reached).select_related(
        "plan__case__pupil", "plan__case__owner"
    )
    for one in due(mine, viewer.today + BEFORE):
        if one.plan.case.owner_id == viewer.account.pk or _is_left(one, viewer):
            yield _follow_up(one, viewer)
    for one in mine.filter(signed_at=None, saved_by=viewer.account):
        yield _draft(one)


def due(versions: QuerySet[PlanVersion], day: date) -> list[PlanVersion]:
    """Those that hold, not followed up, whose follow-up is on the day or before."""
    signed = PlanVersion.objects.exclude(signed_at=None)
    found = versions.filter(signed_at__isnull=False, followed_up=None, follow_up_on__lte=day)
    return [
        one
        for one in found.order_by("follow_up_on", "pk")
        if not signed.filter(plan=one.plan_id, number__gt=one.number).exists()
    ]


def _is_left(one: PlanVersion, viewer: Viewer) -> bool:
    """A leader sees what its owner does not take, or cannot any more."""
    if viewer.role not in LEADERS or one.follow_up_on is None:
        return False
    serves = Assignment.objects.in_force(viewer.today).filter(account=one.plan.case.owner)
    has_come = one.follow_up_on <= viewer.today
    return one.follow_up_on + ALONE <= viewer.today or (has_come and not serves.exists())


def _follow_up(one: PlanVersion, viewer: Viewer) -> QueueRow:
    return QueueRow(
        f"plans.follow_up.{one.public_id}",
        _group(one.follow_up_on, viewer.today),
        f"{name_of(one.plan.pupil)} · {_('följ upp den samordnade planen')}",
        _("Dagen står i planen. Kalla dem som är med."),
        _("Följ upp"),
        reverse("plan", args=[one.plan.public_id]),
        one.follow_up_on,
    )


def _group(day: date | None, today: date) -> QueueGroup:
    week_ends = today + timedelta(days=6 - today.weekday())
    if day is None or day > week_ends:
        return QueueGroup.LATER
    return QueueGroup.LATE if day < today else QueueGroup.THIS_WEEK


def _draft(one: PlanVersion) -> QueueRow:
    return QueueRow(
        f"plans.draft.{one.public_id}",
        QueueGroup.LATER,
        f"{name_of(one.plan.pupil)} · {_('utkast till samordnad plan')}",
        _("Du skrev på den senast. Den gäller när den är signerad."),
        _("Skriv vidare"),
        reverse("plan_write", args=[one.plan.public_id]),
    )
