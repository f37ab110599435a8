"""Lays a local adaptation on the common version of a routine, or says every part that does not fit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from narvaro.errors import Fault, InputRefused
from narvaro.programmes.adaptation import Adaptation, FormHere, PromptHere, StepHere
from narvaro.programmes.model import Deadline, Form
from narvaro.programmes.programme import Programme
from narvaro.programmes.steps import Evidence, Prompt, Step
from narvaro.programmes.values import nearest
from narvaro.programmes.writing_adaptations import write_adaptation


def adapt(programme: Programme, adaptation: Adaptation) -> Programme:
    """The common version with what a school adds or makes stricter; flags and forced moves stay.

    Raises InputRefused with every part that does not fit, and when it was written for another
    version: look at `misfits`, then move it knowingly with `moved_to`.
    """
    faults = (*_another_version(programme, adaptation), *misfits(programme, adaptation))
    if faults:
        raise InputRefused("The local adaptation", faults)
    here = {part.step: part for part in adaptation.steps}
    both = f"{programme.fingerprint} {adaptation.fingerprint}"
    return replace(
        programme,
        steps=tuple(_adapted(step, here.get(step.id)) for step in programme.steps),
        forms=programme.forms + tuple(map(_form, adaptation.forms)),
        prompts=programme.prompts + tuple(map(_prompt, adaptation.prompts)),
        fingerprint=sha256(both.encode()).hexdigest(),
        adapted_by=adaptation,
    )


def misfits(programme: Programme, adaptation: Adaptation) -> tuple[Fault, ...]:
    """Every part of an adaptation that does not fit a version of its programme; none if all do.

    It may be another version than the one it was written for: when the common version moves, this
    says what has to be written anew. `line` is 0, since the parts are values.
    """
    return tuple(_misfits(programme, adaptation))


def moved_to(programme: Programme, adaptation: Adaptation) -> Adaptation:
    """The same adaptation for the version at hand. Raises InputRefused when parts do not fit."""
    faults = misfits(programme, adaptation)
    if faults:
        raise InputRefused("The local adaptation", faults)
    moved = replace(adaptation, version=programme.version)
    fingerprint = sha256(write_adaptation(moved).encode()).hexdigest()
    return replace(moved, fingerprint=fingerprint)


def _another_version(programme: Programme, adaptation: Adaptation) -> Iterator[Fault]:
    if programme.id == adaptation.programme and programme.version != adaptation.version:
        problem = (
            f"it was written for version {adaptation.version}, and this is {programme.version}"
        )
        remedy = "Look at what no longer fits, and write the new version when all of it does"
        yield Fault("adaptation", 0, "version", problem, remedy)


def _misfits(programme: Programme, adaptation: Adaptation) -> Iterator[Fault]:
    if programme.id != adaptation.programme:
        problem = f"it was written for {adaptation.programme}, and this is {programme.id}"
        yield Fault("adaptation", 0, "programme", problem, "Lay it on its own programme")
        return
    steps = {step.id: step for step in programme.steps}
    known = {form.id for form in programme.forms}
    own = {form.id for form in adaptation.forms}
    for number, part in enumerate(adaptation.steps, start=1):
        place = f"steps[{number}]"
        if part.step not in steps:
            yield _unknown(place, "step", part.step, steps)
            continue
        yield from _step_misfits(steps[part.step], part, place=place)
        for form in part.forms:
            if form not in known | own:
                yield _unknown(place, "forms", form, (*known, *own))
    yield from _own_misfits(programme, adaptation)


def _own_misfits(programme: Programme, adaptation: Adaptation) -> Iterator[Fault]:
    """Forms and prompts of the school: their ids are new, and their steps exist."""
    steps = [step.id for step in programme.steps]
    forms, prompts = ({each.id for each in part} for part in (programme.forms, programme.prompts))
    yield from _taken("forms", [form.id for form in adaptation.forms], forms)
    yield from _taken("prompts", [prompt.id for prompt in adaptation.prompts], prompts)
    for number, prompt in enumerate(adaptation.prompts, start=1):
        for name in prompt.steps:
            if name not in steps:
                yield _unknown(f"prompts[{number}]", "steps", name, steps)


def _taken(table: str, own: Iterable[str], theirs: Collection[str]) -> Iterator[Fault]:
    for number, name in enumerate(own, start=1):
        if name in theirs:
            problem = f"the programme has its own {name}"
            yield Fault(f"{table}[{number}]", 0, "id", problem, "Give yours another id")


def _unknown(place: str, key: str, name: str, known: Iterable[str]) -> Fault:
    return Fault(place, 0, key, f"there is nothing called {name}", nearest(name, sorted(known)))


def _step_misfits(step: Step, here: StepHere, *, place: str) -> Iterator[Fault]:
    if here.deadline and not _is_shorter(step, here.deadline):
        remedy = f"Write fewer in the same unit; the common one is {_said(step)}"
        yield Fault(place, 0, "deadline", "the deadline is not shorter than the common one", remedy)
    if here.within is not None and not _is_fewer(step, here):
        remedy = f"Write fewer school days; the common one is {_said(step)}"
        yield Fault(place, 0, "within", "these are not fewer than the common ones", remedy)
    if here.owner == step.owner:
        remedy = "Take the owner away; it is the common one"
        yield Fault(place, 0, "owner", "this is the owner already", remedy)
    for form in here.forms:
        if form in step.forms:
            yield Fault(place, 0, "forms", f"the step has {form} already", "Take it away")


def _is_shorter(step: Step, deadline: Deadline) -> bool:
    """Fewer of the same unit; a step with a word or without a deadline may have fewer school days."""
    if step.deadline and step.deadline.number:
        common = step.deadline
        return common.kind == deadline.kind and 0 < deadline.number < common.number
    keeps_its_word = step.deadline is not None
    if keeps_its_word or deadline.kind != "school-days":
        return False
    return step.within is not None and deadline.number < step.within


def _is_fewer(step: Step, here: StepHere) -> bool:
    has_a_number = step.deadline is not None and step.deadline.number
    if has_a_number or step.within is None or here.within is None:
        return False
    return here.within < step.within


def _said(step: Step) -> str:
    if step.deadline and step.deadline.number:
        return f"{step.deadline.number} {step.deadline.kind}"
    word = f"{step.deadline.kind}, " if step.deadline else ""
    return f"{word}{step.within} school-days"


def _adapted(step: Step, here: StepHere | None) -> Step:
    if here is None:
        return step
    forms = tuple(Evidence("form", form) for form in here.forms)
    return replace(
        step,
        guidance=step.guidance + here.guidance,
        owner=here.owner or step.owner,
        takes_part=_with_former_owner(step, here),
        deadline=here.deadline or step.deadline,
        within=step.within if here.within is None else here.within,
        forms=step.forms + here.forms,
        evidence=step.evidence + forms,
    )


def _with_former_owner(step: Step, here: StepHere) -> tuple[str, ...]:
    """Whoever owns the step in the common version still takes part, and the new owner does once."""
    if here.owner is None:
        return step.takes_part
    others = tuple(role for role in step.takes_part if role != here.owner)
    return others if step.owner in others else (*others, step.owner)


def _form(form: FormHere) -> Form:
    return Form(id=form.id, name=form.name, source=(), assumption=False, assumption_text=None)


def _prompt(prompt: PromptHere) -> Prompt:
    return Prompt(
        id=prompt.id,
        steps=prompt.steps,
        text=prompt.text,
        source=(),
        assumption=False,
        assumption_text=None,
    )
