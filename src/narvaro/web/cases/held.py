"""What somebody answers for in a viewer's scope: own cases, and steps and tasks in others' cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q, QuerySet

from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, Cases, Step, Task, TaskKind
from narvaro.web.cases.people import able_for, takers_of_forced
from narvaro.web.cases.tasks import tasks_of
from narvaro.web.pupils.models import Pupil

ACTION = "cases.hand_over_all"
Kind = Literal["case", "step", "task"]


@dataclass(frozen=True, slots=True)
class Thing:
    """A case, a step in another's case or a task. A case brings its owner's steps and tasks."""

    kind: Kind
    row: Case | Step | Task
    pupil: Pupil
    school: Unit

    @property
    def public_id(self) -> str:
        """The opaque id of the case, the step or the task."""
        return self.row.public_id

    @property
    def is_forced(self) -> bool:
        """The routine asked student health: the task stays with them."""
        return isinstance(self.row, Task) and self.row.kind == TaskKind.FORCED_MOVE


def held_by(account: Account, viewer: Viewer, action: str = ACTION) -> list[Thing]:
    """Everything that waits with somebody, of what the viewer reaches: cases, steps, then tasks."""
    cases = Case.objects.visible_to(viewer, action).still_open()
    own = cases.filter(owner=account).select_related(
        "pupil", "school", "owner", "routine", "adaptation__routine"
    )
    found = [
        Thing("case", one, one.pupil, one.school)
        for one in own.prefetch_related("steps").order_by("opened_on", "pk")
    ]
    steps = steps_with(account, cases).select_related(
        "owner", "case__pupil", "case__school", "case__routine", "case__owner"
    )
    found += [Thing("step", one, one.case.pupil, one.case.school) for one in steps]
    tasks = tasks_with(account, viewer, action).select_related("pupil", "school", "case", "to")
    return found + [Thing("task", one, one.pupil, one.school) for one in tasks]


def steps_with(account: Account, cases: Cases) -> QuerySet[Step]:
    """Steps that wait with somebody in others' cases."""
    waiting = Step.objects.filter(case__in=cases, decided_at__isnull=True, owner=account)
    return waiting.exclude(case__owner=account).order_by("due_on", "pk")


def tasks_with(account: Account, viewer: Viewer, action: str = ACTION) -> QuerySet[Task]:
    """Tasks of somebody that do not follow a case of theirs."""
    mine = tasks_of(viewer, action).filter(to=account, done_at__isnull=True)
    reach = viewer.reach(action)
    if not reach.is_self:
        mine = mine.filter(school__key__in=reach.school_keys)
    return mine.exclude(follows(account)).order_by("due_on", "made_on", "pk")


def follows(account: Account) -> Q:
    """Tasks that go with the case of who has them: all but what the routine forced."""
    return Q(case__owner=account, case__closed_at__isnull=True) & ~Q(kind=TaskKind.FORCED_MOVE)


def takers(thing: Thing, day: date) -> list[Account]:
    """Who can take over a thing: serves at its school, and is on a protected pupil's list."""
    able = able_for(thing.pupil, thing.school, day)
    if not thing.is_forced:
        return able
    asked = {one.pk for one in takers_of_forced(thing.school, day)}
    return [one for one in able if one.pk in asked]


def schools_of(things: Iterable[Thing]) -> list[Unit]:
    """The schools of the things, by name."""
    return sorted({one.school for one in things}, key=lambda one: one.name)
