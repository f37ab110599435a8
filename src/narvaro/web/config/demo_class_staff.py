"""Whom the demo's one click signs in as in a classroom: a mentor, and a teacher who is none."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Account, Assignment, Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Step
from narvaro.web.figures.registration.asked_today import asked_of_me, waiting
from narvaro.web.inbox.models import Flag

HANDFUL = 5
"""Lessons that wait for the demo's teacher: enough to choose among. As many flags are a list."""


def choose_class_staff(now: datetime) -> None:
    """Mark one of each, once, at the school of the demo's principal; by names, keys differ.

    Done when flags and cases are there: the mentor is somebody who has them.
    """
    posts = Assignment.objects.in_force(local_day(now)).filter(account__isnull=False)
    led = posts.filter(role=Role.PRINCIPAL, account__is_demo=True).select_related("unit").first()
    demo = posts.filter(role__in=(Role.MENTOR, Role.TEACHER), account__is_demo=True)
    if led is None or demo.exists():
        return
    here = Unit.objects.filter(placements__parent=led.unit) | Unit.objects.filter(pk=led.unit.pk)
    near = posts.filter(unit__in=here).select_related("account", "unit__authority")
    near = near.order_by("unit__name", "account__name", "pk")
    mentor, teacher = _mentor(near), _teacher(near, now)
    chosen = [one.pk for one in (mentor, teacher) if one is not None]
    Account.objects.filter(assignments__in=chosen).update(is_demo=True)


def _mentor(near: QuerySet[Assignment]) -> Assignment | None:
    """With a few flags to answer; if there are several such, with a step to take, in year 8."""
    return min(near.filter(role=Role.MENTOR), key=_mentors_order, default=None)


def _mentors_order(post: Assignment) -> tuple[bool, bool, bool, bool]:
    flags = Flag.objects.unanswered().filter(owner=post.account, is_for_evaluation_only=False)
    steps = Step.objects.filter(owner=post.account, decided_at=None, case__closed_at=None)
    count = flags.count()
    is_eighth = post.unit.name.startswith("8")
    return not count, count > HANDFUL, not steps.exists(), not is_eighth


def _teacher(near: QuerySet[Assignment], now: datetime) -> Assignment | None:
    """With a handful of lessons to acknowledge; somebody who is no mentor, if there is one."""
    mentors = set(near.filter(role=Role.MENTOR).values_list("account", flat=True))
    every = list(near.filter(role=Role.TEACHER))
    others = [one for one in every if one.account_id not in mentors]
    return min(
        others or every, key=lambda one: _from_a_handful(_lessons_waiting(one, now)), default=None
    )


def _from_a_handful(count: int) -> tuple[bool, int]:
    """Sorts a few lessons first, then more, and last fewer than a few, the most of them first."""
    return (count < HANDFUL, count if count >= HANDFUL else -count)


def _lessons_waiting(post: Assignment, now: datetime) -> int:
    if post.account is None:
        return 0
    return len(waiting(asked_of_me(Viewer(post.account, post, local_day(now), now))))
