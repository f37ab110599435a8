"""What a principal fills in for a step, laid into what the school does otherwise already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from narvaro.errors import Fault
from narvaro.programmes import (
    Adaptation,
    Deadline,
    FormHere,
    Programme,
    PromptHere,
    Step,
    StepHere,
    Text,
    misfits,
    read_adaptation,
    write_adaptation,
)

OWN = "har"
"""How the ids of a school's own prompts begin, so that they meet none of the programme's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What is otherwise in one step. Texts are in the school's own language, whichever that is."""

    guidance: Sequence[str] = ()
    owner: str = ""
    days: int | None = None
    forms: Sequence[str] = ()
    prompts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided, when and why, as the school's file says it."""

    by: str
    on: date
    why: str


def overlay_of(adaptation: Adaptation | None, step: Step) -> Overlay:
    """What a school does otherwise in a step now."""
    if adaptation is None:
        return Overlay()
    part = next((one for one in adaptation.steps if one.step == step.id), None)
    prompts = tuple(one.text.sv for one in adaptation.prompts if one.steps == (step.id,))
    if part is None:
        return Overlay(prompts=prompts)
    return Overlay(
        guidance=tuple(one.sv for one in part.guidance),
        owner=part.owner or "",
        days=part.deadline.number if part.deadline else part.within,
        forms=part.forms,
        prompts=prompts,
    )


def with_overlay(
    before: Adaptation | None,
    programme: Programme,
    step: Step,
    given: Overlay,
    *,
    names: Mapping[str, Text],
    decided: Decided,
) -> Adaptation | None:
    """The school's adaptation with one step written anew; None when nothing is otherwise any more.

    `names` has the name of each form that may be asked for. Raises InputRefused with every
    fault of what was filled in.
    """
    parts = [one for one in (before.steps if before else ()) if one.step != step.id]
    prompts = [one for one in (before.prompts if before else ()) if one.steps != (step.id,)]
    why = Text(decided.why, decided.why)
    part = _part(step, given, why)
    parts += [] if part is None else [part]
    prompts += list(_prompts(step, given, why))
    if not (parts or prompts):
        return None
    made = Adaptation(
        programme=programme.id,
        version=programme.version,
        by=decided.by,
        decided_on=decided.on,
        why=why,
        steps=tuple(parts),
        forms=tuple(_forms(parts, programme, names)),
        prompts=tuple(prompts),
        fingerprint="",
    )
    return read_adaptation(write_adaptation(made).encode("utf-8", "surrogatepass"))


def without_unfit(programme: Programme, adaptation: Adaptation) -> Adaptation | None:
    """The parts of an adaptation that fit another version of its programme; None when none do."""
    gone = {one.table for one in misfits(programme, adaptation)}
    steps = [one for n, one in enumerate(adaptation.steps, 1) if f"steps[{n}]" not in gone]
    prompts = [one for n, one in enumerate(adaptation.prompts, 1) if f"prompts[{n}]" not in gone]
    if not (steps or prompts) or programme.id != adaptation.programme:
        return None
    names = {one.id: one.name for one in adaptation.forms}
    moved = replace(
        adaptation,
        version=programme.version,
        steps=tuple(steps),
        prompts=tuple(prompts),
        forms=tuple(_forms(steps, programme, names)),
    )
    return read_adaptation(write_adaptation(moved).encode("utf-8"))


def faults_of(programme: Programme, adaptation: Adaptation) -> tuple[Fault, ...]:
    """What of an adaptation the common routine does not allow."""
    return misfits(programme, adaptation)


def _part(step: Step, given: Overlay, why: Text) -> StepHere | None:
    has_number = step.deadline is not None and step.deadline.number
    deadline = Deadline(step.deadline.kind, given.days) if has_number and given.days else None  # type: ignore[union-attr]
    part = StepHere(
        step=step.id,
        why=why,
        guidance=tuple(Text(one, one) for one in given.guidance),
        owner=given.owner or None,
        deadline=deadline,
        within=None if has_number else given.days,
        forms=tuple(given.forms),
    )
    is_otherwise = part.guidance or part.owner or part.deadline or part.within or part.forms
    return part if is_otherwise else None


def _prompts(step: Step, given: Overlay, why: Text) -> Iterator[PromptHere]:
    name = re.sub(r"[^a-z0-9]+", "-", step.id)[:40].strip("-")
    for number, text in enumerate(given.prompts, 1):
        yield PromptHere(
            id=f"{OWN}-{name}-{number}", steps=(step.id,), text=Text(text, text), why=why
        )


def _forms(
    parts: Sequence[StepHere], programme: Programme, names: Mapping[str, Text]
) -> Iterator[FormHere]:
    """Forms that the school asks for and the common routine does not have."""
    known = {one.id for one in programme.forms}
    for name in dict.fromkeys(form for part in parts for form in part.forms):
        if name not in known:
            yield FormHere(id=name, name=names[name])
