"""What stands open, and in whose work queue it is: asked of the queues' own functions."""

from __future__ import annotations

from collections.abc import Iterator

from tests.web.cases.conftest import School

from narvaro.web.accounts.models import Assignment, Unit
from narvaro.web.cases.models import Step, Task, TaskKind
from narvaro.web.cases.queue import queue
from narvaro.web.inbox.climbing import climbed
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.queue import own_flags
from narvaro.web.pupils.models import Pupil


def rows_of_everybody(school: School) -> dict[int, set[str]]:
    """Account → the keys of the rows in its queue, whichever of its posts it acts in."""
    found: dict[int, set[str]] = {}
    posts = Assignment.objects.in_force(school.day).filter(account__is_active=True)
    for post in posts.select_related("account", "unit__authority"):
        viewer = school.as_somebody(post)
        rows = [*queue(viewer), *own_flags(viewer), *climbed(viewer)]
        found.setdefault(viewer.account.pk, set()).update(one.key for one in rows)
    return found


def unseen(school: School) -> list[str]:
    """What stands open and is in nobody's queue."""
    rows = rows_of_everybody(school)
    every: set[str] = set().union(*rows.values())
    return [
        what
        for what, holder, own, instead in _open(school)
        if not (own & rows.get(holder, set())) and not (instead & every)
    ]


def _open(school: School) -> Iterator[tuple[str, int, set[str], set[str]]]:
    """What, whose, the rows that show it to them, and those that show it to somebody else."""
    steps = Step.objects.filter(decided_at=None, case__closed_at=None)
    for step in steps.select_related("case__pupil", "case__school"):
        case = step.case
        hidden = {f"cases.hidden.{case.public_id}"}
        instead = _instead(case.pupil, case.school) | hidden
        yield (
            f"step {step.step} due {step.due_on}",
            step.owner_id,
            {f"cases.step.{step.public_id}"},
            instead,
        )
    for task in Task.objects.filter(done_at=None).select_related("pupil", "school", "case"):
        if task.kind == TaskKind.WATCHED and task.due_on and task.due_on > school.day:
            continue
        own = {f"cases.task.{task.public_id}"}
        if task.kind == TaskKind.FORCED_MOVE:
            own |= {f"cases.forced.{group}" for group in ("late", "new", "this_week", "later")}
        instead = _instead(task.pupil, task.school)
        if task.case is not None:
            instead |= {f"cases.hidden.{task.case.public_id}"}
        yield f"task {task.kind} due {task.due_on}", task.to_id, own, instead
    for flag in Flag.objects.unanswered().select_related("pupil", "school"):
        own = {f"inbox:flag:{flag.public_id}", f"inbox:class:{flag.class_key}"}
        if flag.due_on is None or flag.due_on < school.day:
            yield f"flag due {flag.due_on}", flag.owner_id, own, _instead(flag.pupil, flag.school)


def _instead(pupil: Pupil, school: Unit) -> set[str]:
    by_school = {f"inbox:school:{school.public_id}"}
    if pupil.is_protected:
        return {"cases.unseen", "inbox:unseen", "inbox:late:protected"} | by_school
    return {f"inbox:late:{pupil.public_id}", "inbox:late:rest"} | by_school
