"""The routine as a page: every step in words, and beside it what a school does otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from narvaro.errors import NarvaroError
from narvaro.programmes import (
    END_NAMES,
    STAGE_NAMES,
    Difference,
    Programme,
    Step,
    deadline_in_words,
    differences,
    ends_of,
    evidence_in_words,
    role_in_words,
)
from narvaro.programmes.law import duty
from narvaro.web.cases.routine_pages.words import Named, in_words


@dataclass(frozen=True, slots=True)
class Law:
    """What the law asks in a step: the paragraph and its name."""

    paragraph: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One thing that is not alike, in words."""

    what: str
    common: str
    here: str
    why: str
    by: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class StepPart:
    """A step as it is read."""

    id: str
    number: int
    name: str
    when: str
    guidance: tuple[str, ...]
    owner: str
    takes_part: str
    deadline: str
    forms: tuple[str, ...]
    done_when: tuple[str, ...]
    leads_to: tuple[Named, ...]
    ends: str
    stage: str
    prompts: tuple[str, ...]
    laws: tuple[Law, ...]
    references: str
    assumption: str
    here: tuple[Otherwise, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """From so many school days overdue on, a role sees it."""

    days: int
    role: str


@dataclass(frozen=True, slots=True)
class RoutinePage:
    """The whole routine."""

    name: str
    version: int
    about: str
    from_on: date | None
    to_on: date | None
    steps: tuple[StepPart, ...]
    silence: tuple[Rung, ...]
    counters: tuple[str, ...]
    assumptions: tuple[str, ...]
    sources: tuple[str, ...]


def page_of(common: Programme, day: date, here: Programme | None = None) -> RoutinePage:
    """The common routine on a day, with what is otherwise `here` beside each step."""
    other = {} if here is None else _by_step(common, here)
    force = common.in_force
    return RoutinePage(
        in_words(common.name),
        common.version,
        in_words(common.about),
        force.from_on,
        force.to_on,
        tuple(
            _step(common, step, number, day, other.get(step.id, ()))
            for number, step in enumerate(common.steps, 1)
        ),
        tuple(
            Rung(one.after.school_days, in_words(role_in_words(one.role))) for one in common.silence
        ),
        tuple(in_words(one.name) for one in common.counters),
        tuple(dict.fromkeys(in_words(one.text) for one in common.assumptions)),
        tuple(f"{one.title}, {one.publisher}" for one in common.sources),
    )


def rows_of(found: Iterable[Difference]) -> list[Otherwise]:
    """Differences in words. A school's own form stands with the step that asks for it."""
    return [
        Otherwise(
            in_words(one.what),
            in_words(one.common),
            in_words(one.here),
            in_words(one.why),
            one.by,
            one.decided_on,
        )
        for one in found
        if not one.place.startswith("forms.")
    ]


def _by_step(common: Programme, here: Programme) -> dict[str, tuple[Otherwise, ...]]:
    found: dict[str, list[Difference]] = {}
    prompts = {f"prompts.{one.id}": one.steps for one in here.prompts}
    for one in differences(common, here):
        table, _, name = one.place.partition(".")
        if table == "steps":
            found.setdefault(name, []).append(one)
        for step in prompts.get(one.place, ()):
            found.setdefault(step, []).append(one)
    return {step: tuple(rows_of(every)) for step, every in found.items()}


def _step(
    programme: Programme, step: Step, number: int, day: date, here: tuple[Otherwise, ...]
) -> StepPart:
    forms = {one.id: in_words(one.name) for one in programme.forms}
    stages = [STAGE_NAMES[one] for one in (step.stage, step.stage_when_done) if one]
    return StepPart(
        id=step.id,
        number=number,
        name=in_words(step.name),
        when=in_words(step.when),
        guidance=tuple(map(in_words, step.guidance)),
        owner=in_words(role_in_words(step.owner)),
        takes_part=", ".join(in_words(role_in_words(one)) for one in step.takes_part),
        deadline=in_words(deadline_in_words(step)),
        forms=tuple(forms[one] for one in step.forms),
        done_when=tuple(in_words(evidence_in_words(programme, one)) for one in step.evidence),
        leads_to=tuple(Named(one, in_words(programme.step(one).name)) for one in step.leads_to),
        ends=", ".join(in_words(END_NAMES[one]) for one in ends_of(step)),
        stage=", ".join(map(in_words, stages)),
        prompts=tuple(in_words(one.text) for one in programme.prompts_of(step.id)),
        laws=tuple(_laws(step, day)),
        references=", ".join(step.law),
        assumption=in_words(step.assumption_text),
        here=here,
    )


def _laws(step: Step, day: date) -> Iterable[Law]:
    for name in step.duties:
        try:
            found = duty(name, day)
        except NarvaroError:
            continue  # the duty does not hold on the day
        yield Law(found.paragraph, in_words(found.name), in_words(found.text))
