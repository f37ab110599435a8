"""What holds for a routine where its file says nothing: shown as assumed, never silently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from narvaro.programmes.model import Counter, Sourced
from narvaro.programmes.programme import Programme
from narvaro.programmes.roles import Text
from narvaro.programmes.schema_of_steps import LADDER, REMINDED_AT
from narvaro.programmes.steps import OWNER, Evidence, Reminder, Routine, Silence, Step

NO_TARGET_STATED = Text(
    "Källan anger inget mål för registreringen; 95 procent antas, som i Borås.",
    "The source states no target for registration; 95 per cent is assumed, as in Borås.",
)
NOTHING_STATED_OF_RUNNING = Text(
    "Källorna säger inte vad som visar att ett steg är gjort, hur många dagar ett ord som "
    "skyndsamt är, hur länge ett ärende bevakas, när vi slutar försöka nå hemmet eller vem som får "
    "se ett steg som ingen har gjort. Det allmänna antas.",
    "The sources do not say what shows that a step is done, how many days a word like promptly "
    "is, how long a case is watched, when attempts to reach the home end or who gets to see a "
    "step nobody has done. What is general is assumed.",
)
NOTHING_STATED_OF_COLLABORATION = Text(
    "Källorna säger inte vad ett möte med andra verksamheter heter eller hur länge det får dröja. "
    "Tre veckor till mötet antas, som i Västbus, sex till uppföljningen och två för svar på en "
    "remiss.",
    "The sources do not say what a meeting with other agencies is called or how long it may take. "
    "Three weeks to the meeting are assumed, as in Västbus, six to the follow-up and two for the "
    "answer to a referral.",
)
LADDER_ASSUMED = tuple(
    Silence(after=after, role=role, source=(), assumption=True, assumption_text=None)
    for after, role in LADDER
)
REMINDERS_ASSUMED = tuple(
    Reminder(at=at, role=OWNER, steps=(), source=(), assumption=True, assumption_text=None)
    for at in REMINDED_AT
)
_AnySourced = TypeVar("_AnySourced", bound=Sourced)


def with_defaults(programme: Programme) -> Programme:
    """The programme with everything there that its file left to what holds in general."""
    scope = programme.scope
    names = scope.participations or (programme.id,)
    known = replace(
        programme,
        scope=replace(scope, participations=names),
        registration=_stated(programme.registration, NO_TARGET_STATED),
    )
    return _with_routine(known) if programme.steps else known


def _stated(part: _AnySourced, otherwise: Text) -> _AnySourced:
    """A part that nobody stated is an assumption, and is shown as one."""
    if part.source or part.assumption:
        return part
    return replace(part, assumption=True, assumption_text=otherwise)


def _with_routine(programme: Programme) -> Programme:
    routine = _stated(programme.routine, NOTHING_STATED_OF_RUNNING)
    steps = tuple(_completed(step, routine) for step in programme.steps)
    owners = {step.id: step.owner for step in steps}
    return replace(
        programme,
        routine=routine,
        collaboration=_stated(programme.collaboration, NOTHING_STATED_OF_COLLABORATION),
        steps=steps,
        counters=tuple(_with_task(counter, owners) for counter in programme.counters),
        silence=programme.silence or LADDER_ASSUMED,
        reminders=programme.reminders or REMINDERS_ASSUMED,
    )


def _completed(step: Step, routine: Routine) -> Step:
    forms = tuple(Evidence("form", form) for form in step.forms)
    evidence = step.evidence or forms or (Evidence("decision"),)
    return replace(step, evidence=evidence, within=_within(step, routine))


def _within(step: Step, routine: Routine) -> int:
    """School days for a deadline that is a word; those of a number or of a day are not used."""
    if step.within is not None:
        return step.within
    if step.deadline is None or step.deadline.kind in ("next-meeting", "in-plan"):
        return routine.otherwise_within
    return routine.promptly_within if step.deadline.kind == "promptly" else 0


def _with_task(counter: Counter, owners: Mapping[str, str]) -> Counter:
    return replace(counter, task_for=counter.task_for or owners[counter.leads_to])
