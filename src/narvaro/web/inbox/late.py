"""What is late at some schools: flags without an answer, steps and tasks past their last day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from narvaro.programmes import Programme
from narvaro.timetable import Calendar
from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, Routine, Step, Task
from narvaro.web.cases.routines import common_of, programme_in_force, step_of
from narvaro.web.cases.rules import named
from narvaro.web.cases.school_days import calendar_of, school_days_late
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.rows import case_url
from narvaro.web.inbox.silence import rungs_reached
from narvaro.web.pupils.models import Pupil


@dataclass(frozen=True, slots=True)
class Late:
    """One thing past its last day. `rungs` are the roles of the ladder that see it.

    `key` is it with that day: a day that was moved and passed again is another silence.
    """

    key: str
    kind: Literal["flag", "step", "task"]
    what: str
    pupil: Pupil
    school: Unit
    owner: Account
    due_on: date
    days: int
    rungs: tuple[str, ...]
    url: str


@dataclass
class Ladders:
    """Calendars, routines and rungs: asked for once each."""

    now: datetime
    today: date
    calendars: dict[int, Calendar] = field(default_factory=dict)
    rungs: dict[tuple[str, int, date], tuple[str, ...]] = field(default_factory=dict)
    routines: Mapping[int, Programme] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.in_force = programme_in_force(self.today)
        self.routines = {one.pk: common_of(one) for one in Routine.objects.all()}

    def calendar(self, school: Unit) -> Calendar:
        """A school's calendar."""
        if school.pk not in self.calendars:
            self.calendars[school.pk] = calendar_of(school, self.now)
        return self.calendars[school.pk]

    def reached(self, programme: Programme, school: Unit, due: date) -> tuple[str, ...]:
        """The rungs that a silence of a school has reached."""
        key = (programme.fingerprint, school.pk, due)
        if key not in self.rungs:
            self.rungs[key] = rungs_reached(programme, due, self.today, self.calendar(school))
        return self.rungs[key]

    def days(self, school: Unit, due: date) -> int:
        """School days since a last day."""
        return school_days_late(due, self.today, self.calendar(school))

    def programme(self, case: Case | None) -> Programme:
        """The routine that a case follows; the one in force where there is no case."""
        return self.in_force if case is None else self.routines[case.routine_id]


def late_at(units: Collection[int], viewer: Viewer) -> list[Late]:
    """Everything late at some schools on the viewer's day, the latest first. Nobody is left out:
    whoever shows it asks first which of its pupils may be named.
    """
    ladders = Ladders(viewer.now, viewer.today)
    found = [
        *_flags(units, viewer.today, ladders),
        *_steps(units, viewer.today, ladders),
        *_tasks(units, viewer.today, ladders),
    ]
    return sorted(found, key=lambda one: (-one.days, one.due_on, one.pupil.pk, one.what))


def _flags(units: Collection[int], today: date, ladders: Ladders) -> Iterator[Late]:
    late = Flag.objects.late_on(today).filter(school__in=units, taken_on__lte=today)
    for one in late.select_related("pupil", "school", "owner"):
        url = reverse("flag", args=[one.public_id])
        if one.due_on is not None:
            yield _late(
                "flag",
                _("flaggan är inte besvarad"),
                one,
                ladders,
                thing=one.public_id,
                due=one.due_on,
                case=None,
                owner=one.owner,
                url=url,
            )


def _steps(units: Collection[int], today: date, ladders: Ladders) -> Iterator[Late]:
    late = Step.objects.filter(
        decided_at__isnull=True,
        due_on__lt=today,
        began_on__lte=today,
        case__closed_at__isnull=True,
        case__school__in=units,
    )
    for one in late.select_related("case__pupil", "case__school", "owner"):
        if one.due_on is not None:
            yield _late(
                "step",
                step_name(ladders.programme(one.case), one.step),
                one.case,
                ladders,
                thing=one.public_id,
                due=one.due_on,
                case=one.case,
                owner=one.owner,
                url=case_url(one.case),
            )


def _tasks(units: Collection[int], today: date, ladders: Ladders) -> Iterator[Late]:
    late = Task.objects.filter(
        done_at__isnull=True, due_on__lt=today, made_on__lte=today, school__in=units
    )
    for one in late.select_related("pupil", "school", "to", "case"):
        if one.due_on is not None:
            yield _late(
                "task",
                one.get_kind_display(),
                one,
                ladders,
                thing=one.public_id,
                due=one.due_on,
                case=one.case,
                owner=one.to,
                url=task_url(one),
            )


def _late(
    kind: Literal["flag", "step", "task"],
    what: str,
    of: Flag | Case | Task,
    ladders: Ladders,
    *,
    thing: str,
    due: date,
    case: Case | None,
    owner: Account,
    url: str,
) -> Late:
    return Late(
        key=f"{kind}:{thing}:{due.isoformat()}",
        kind=kind,
        what=what,
        pupil=of.pupil,
        school=of.school,
        owner=owner,
        due_on=due,
        days=ladders.days(of.school, due),
        rungs=ladders.reached(ladders.programme(case), of.school, due),
        url=url,
    )


def step_name(programme: Programme, step: str) -> str:
    """A step as its routine calls it."""
    known = step_of(programme, step)
    return step if known is None else named(known.name)


def task_url(task: Task) -> str:
    """The page of a task; the pupil's while there is none."""
    try:
        return reverse("case_task", args=[task.public_id])
    except NoReverseMatch:
        return reverse("pupil", args=[task.pupil.public_id])
