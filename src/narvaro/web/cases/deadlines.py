"""Last days of one's own steps and tasks: in one's calendar and in reminders. Never a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.errors import BadRequest
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Step, Task
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.messages.calendars import Event
from narvaro.web.messages.registry import Line

KEPT = timedelta(days=60)
"""So long a deadline that is gone stands as cancelled, for calendars that read seldom."""


def events(viewer: Viewer) -> Iterator[Event]:
    """The viewer's deadlines. One step of a case is one entry: a later day moves it."""
    if not viewer.may("cases.case"):
        return
    for step in _newest(_steps(viewer)):
        every = step.case.steps.filter(step=step.step)
        yield Event(
            key=f"step-{step.case.public_id}-{step.step}",
            title=_("Sista dag i Närvaro"),
            path=reverse("case", args=[step.case.public_id]),
            on=step.due_on,
            sequence=sum(every.values_list("version", flat=True)),
            is_cancelled=not (step.is_open and step.case.is_open),
            stamped_at=step.decided_at or step.began_at,
        )
    for task in _tasks(viewer):
        yield Event(
            key=f"task-{task.public_id}",
            title=_("Sista dag att svara i Närvaro"),
            path=reverse("case_task", args=[task.public_id]),
            on=task.due_on,
            sequence=task.version,
            is_cancelled=task.done_at is not None,
            stamped_at=task.done_at or task.made_at,
        )


def reminders(viewer: Viewer) -> Iterator[Line]:
    """How many last days are today or the next school day. What is late is told of by the ladder."""
    if not viewer.may("cases.case"):
        return
    until = _next_school_day(viewer)
    near = {"due_on__gte": viewer.today, "due_on__lte": until}
    steps = _steps(viewer).filter(decided_at=None, case__closed_at=None, **near).count()
    if steps:
        said = ngettext(
            "%(n)d steg har sista dag i dag eller nästa skoldag",
            "%(n)d steg har sista dag i dag eller nästa skoldag",
            steps,
        )
        yield Line(said % {"n": steps}, f"{reverse('cases')}?visa=mina")
    tasks = _tasks(viewer).filter(done_at=None, **near).count()
    if tasks:
        said = ngettext(
            "%(n)d fråga ska besvaras i dag eller nästa skoldag",
            "%(n)d frågor ska besvaras i dag eller nästa skoldag",
            tasks,
        )
        yield Line(said % {"n": tasks}, reverse("case_tasks"))


def is_quiet(viewer: Viewer, day: date) -> bool:
    """No school of the viewer's has a school day: nobody is reminded. Weekends where none is known."""
    reach = viewer.reach("cases.case")
    units = Unit.objects.filter(kind=UnitKind.SCHOOL, key__in=reach.school_keys)
    schools = list(units.filter(authority=viewer.authority))
    if not schools:
        return day.weekday() > 4
    return not any(_is_school_day(one, day, viewer) for one in schools)


def _is_school_day(school: Unit, day: date, viewer: Viewer) -> bool:
    return calendar_of(school, viewer.now).is_school_day(day)


def _next_school_day(viewer: Viewer) -> date:
    """The first day after today when something is open, at most two weeks on."""
    days = (viewer.today + timedelta(days=n) for n in range(1, 15))
    try:
        return next((day for day in days if not is_quiet(viewer, day)), viewer.today)
    except BadRequest:  # the calendar ends
        return viewer.today


def _steps(viewer: Viewer) -> QuerySet[Step]:
    mine = Step.objects.filter(owner=viewer.account, case__authority=viewer.authority)
    told = mine.filter(began_at__lte=viewer.now, due_on__gte=viewer.today - KEPT)
    return told.select_related("case")


def _newest(steps: QuerySet[Step]) -> list[Step]:
    """Of each step of a case the one begun last."""
    return list({(one.case_id, one.step): one for one in steps.order_by("began_at", "pk")}.values())


def _tasks(viewer: Viewer) -> QuerySet[Task]:
    mine = Task.objects.filter(to=viewer.account, school__authority=viewer.authority)
    return mine.filter(made_at__lte=viewer.now, due_on__gte=viewer.today - KEPT)
