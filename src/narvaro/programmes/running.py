"""A routine in motion, as pure functions: what may be decided, by when, and who sees silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from narvaro.programmes.paths import reached, without_an_end
from narvaro.programmes.programme import Programme
from narvaro.programmes.steps import OWNER, Evidence, Step
from narvaro.timetable import Calendar, school_days_after

STILL_WITH_ITS_OWNER = ("watched", "adapted")
"""Ways to end a step that keep the case: it is looked at again on a date."""


class Decision(NamedTuple):
    """Something that may be decided in a step; every decision has a reason.

    `outcome` is the word of `may_end`, `step` where a case goes next, `role` who is asked to take
    over. `needs_date` asks for the day it is looked at again.
    """

    kind: Literal["close", "watch", "continue", "next", "escalate"]
    outcome: str = ""
    step: str = ""
    role: str = ""
    needs_date: bool = False


class ForcedMove(NamedTuple):
    """A counter that is full makes its step a task for a role; nobody can take it away."""

    counter: str
    step: str
    role: str


class Telling(NamedTuple):
    """On a day a role is told of a step; `owner` is whoever owns it."""

    on: date
    role: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Steps that nothing leads to, and steps from which no way leads to an end."""

    unreached: tuple[str, ...]
    endless: tuple[str, ...]


def next_steps(programme: Programme, step: Step) -> tuple[Step, ...]:
    """The steps a step can lead to, in the order it names them."""
    return tuple(programme.step(name) for name in step.leads_to)


def ends_of(step: Step) -> tuple[str, ...]:
    """The words of how a case may end in the step; a step that leads nowhere may be closed."""
    return step.may_end or (() if step.leads_to else ("closed",))


def allowed_decisions(programme: Programme, step: Step) -> tuple[Decision, ...]:
    """Everything that may be decided in a step: ways to end, to go on, to hand upwards."""
    ends = [
        Decision("watch", outcome=end, needs_date=True)
        if end in STILL_WITH_ITS_OWNER
        else Decision("close", outcome=end)
        for end in ends_of(step)
    ]
    going_on = [Decision("continue", needs_date=True)] if step.lasts else []
    further = [Decision("next", step=name) for name in step.leads_to]
    above = role_above(programme, step.owner)
    return (*ends, *going_on, *further, *([Decision("escalate", role=above)] if above else []))


def role_above(programme: Programme, role: str) -> str | None:
    """The next role of the silence ladder, seen from a role; None from its top."""
    rungs = [rung.role for rung in programme.silence if rung.role != OWNER]
    above = rungs[rungs.index(role) + 1 :] if role in rungs else rungs
    return above[0] if above else None


def forced_moves(programme: Programme) -> tuple[ForcedMove, ...]:
    """What the counters of a programme force, with the role that gets each task."""
    steps = {step.id: step.owner for step in programme.steps}
    return tuple(
        ForcedMove(counter.id, counter.leads_to, counter.task_for or steps[counter.leads_to])
        for counter in programme.counters
    )


def is_done(step: Step, shown: Collection[Evidence]) -> bool:
    """Whether all the evidence of a step is among what is shown."""
    return not missing_evidence(step, shown)


def missing_evidence(step: Step, shown: Collection[Evidence]) -> tuple[Evidence, ...]:
    """What has still to be shown; evidence that names no meeting is shown by any."""
    held = any(each.kind == "meeting" for each in shown)
    return tuple(
        wanted
        for wanted in step.evidence
        if wanted not in shown and not (wanted == Evidence("meeting") and held)
    )


def due_on(
    step: Step,
    began_on: date,
    calendar: Calendar,
    *,
    next_meeting: date | None = None,
    plan_date: date | None = None,
) -> date | None:
    """The last day on which a step that began is in time; a day without school is moved onwards.

    A deadline that is a word has the municipality's own number of school days; `next-meeting` and
    `in-plan` have their date where there is one. None only for a step that was not loaded from a
    file. Raises BadRequest when the calendar holds no more school days.
    """
    kind = step.deadline.kind if step.deadline else ""
    if kind == "school-days" and step.deadline:
        return school_days_after(began_on, step.deadline.number, calendar)
    if kind == "days" and step.deadline:
        return calendar.next_school_day(began_on + timedelta(days=step.deadline.number))
    known = {"next-meeting": next_meeting, "in-plan": plan_date}.get(kind)
    if known or step.within is None:
        return known
    return school_days_after(began_on, step.within, calendar)


def silence_ladder(programme: Programme, due: date, calendar: Calendar) -> tuple[Telling, ...]:
    """From which day on each role sees a step that was due; its owner from the day after.

    Raises BadRequest when the calendar holds no more school days.
    """
    return tuple(
        Telling(
            school_days_after(due, rung.after.school_days, calendar)
            if rung.after.school_days
            else due + timedelta(days=1),
            rung.role,
        )
        for rung in programme.silence
    )


def silent_to(programme: Programme, due: date, today: date, calendar: Calendar) -> str | None:
    """The highest role that sees an overdue step on a day; None while it is in time.

    Whatever the ladder begins with, an overdue step is seen by its owner.
    """
    if today <= due:
        return None
    seen = [rung.role for rung in silence_ladder(programme, due, calendar) if rung.on <= today]
    return seen[-1] if seen else OWNER


def reminders_on(
    programme: Programme, step: Step, due: date, calendar: Calendar
) -> tuple[Telling, ...]:
    """On which days who is reminded of a step's deadline, in order."""
    return tuple(sorted(_reminders(programme, step, due=due, calendar=calendar)))


def _reminders(
    programme: Programme, step: Step, *, due: date, calendar: Calendar
) -> Iterable[Telling]:
    for reminder in programme.reminders_of(step.id):
        days = reminder.at.school_days
        if days >= 0:
            yield Telling(school_days_after(due, days, calendar) if days else due, reminder.role)
            continue
        before = calendar.last_school_days(-days, until=due - timedelta(days=1))
        if len(before) == -days:
            yield Telling(before[0], reminder.role)


def watched_until(programme: Programme, today: date, calendar: Calendar) -> tuple[date, date]:
    """The day a case watched from today is looked at again unless said, and the latest allowed."""
    routine = programme.routine
    usual = school_days_after(today, routine.watch_for, calendar)
    return usual, school_days_after(today, routine.watch_at_most, calendar)


def decides_after_no_shows(programme: Programme, attempts: int) -> str | None:
    """The role that decides how to go on after so many attempts in vain; None before that."""
    routine = programme.routine
    return routine.no_show_role if attempts >= routine.no_show_after else None


def ways_of(programme: Programme) -> Ways:
    """Where a routine cannot be entered or left; both empty for every programme that is loaded."""
    ways = {step.id: step.leads_to for step in programme.steps}
    first = {step.id for step in programme.steps if step.opened_by}
    first.update(counter.leads_to for counter in programme.counters)
    first.update(rule.leads_to for rule in programme.rules if rule.leads_to)
    found = reached(first, {step.id: step.leads_to + step.also_begins for step in programme.steps})
    ends = [step.id for step in programme.steps if ends_of(step)]
    return Ways(tuple(name for name in ways if name not in found), without_an_end(ways, ends))
