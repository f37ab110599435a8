"""The reference page of programmes, written from the schema and the library.

`python -m narvaro.programmes.reference > docs/reference/programmes.md`
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from narvaro.programmes.describing import describe_table, grid
from narvaro.programmes.model import Rhythm
from narvaro.programmes.programme import Programme
from narvaro.programmes.reading_adaptations import ADAPTATION_TABLES, ADAPTATION_TOP
from narvaro.programmes.roles import ROLES
from narvaro.programmes.schema import SCHEMA, TABLES, TOP
from narvaro.programmes.shelf import load, programme_ids
from narvaro.programmes.steps import Step
from narvaro.programmes.wording import (
    check_days_in_words,
    dates_in_words,
    per_cent_in_words,
    rule_in_words,
    scope_in_words,
)

SMALLEST = """\
schema = 1
id = "our-town"
version = 1
name = { sv = "Vår kommun", en = "Our town" }

[[sources]]
id = "decision"
title = "Decision of the school board, § 12"
publisher = "Our town"

[[rules]]
id = "three-months"
name = { sv = "Minst 15 procent under tre månader", en = "At least 15 per cent in three months" }
window = "rolling-months:3"
operator = ">="
limit = 15
source = "decision"
"""
"""The smallest programme with a rule, for the page and its test."""

MINIMUM = """\
[[rules]]
id = "month"
name = { sv = "Minst 25 procent av en månad", en = "At least 25 per cent of a month" }
window = "month"
operator = ">="
limit = 25
minimum_minutes = 2760
minimum_reason.sv = "Tio skoldagar om 276 minuter: i en kort månad räcker annars en förkylning."
minimum_reason.en = "Ten school days of 276 minutes: in a short month a cold is enough otherwise."
source = "decision"
"""

INTRODUCTION = f"""\
# Programmes

A programme is one TOML file: whom it speaks of, when it holds, what is measured against which
limit, and what is done then. `narvaro programme check FILE` names every fault of a file at once.
`narvaro flag --programme` takes the id of a shipped programme or the path of a file.

This page is written from the schema (number {SCHEMA}) and from the shipped files; do not edit it.

## The smallest programme

```toml
{SMALLEST}```

## A minimum of minutes

In June with seven school days, two days in bed are 28.6 %. A municipality that does not want such
flags sets a minimum of scheduled minutes for the rule, and says why; below it the outcome is
*cannot tell*. The shipped programmes set none, since their sources state none.

```toml
{MINIMUM}```

## What holds for every table

- A key that is not listed here is a fault, and so is an unknown word or role.
- Texts that users read are given in Swedish and English: `{{ sv = "...", en = "..." }}`, or as
  `name.sv` and `name.en`.
- Per cent are exact: whole (`15`) or a decimal within quotation marks (`"12.5"`), never `12.5`.
- Where a list is asked for, a single value may stand alone.
- `in_force`, `scope`, `registration` and every repeated table but `sources` say where they come
  from: `source`, or `assumption = true` with `assumption_text`, or both when the source states
  only a part. A `registration` that is not written is a target of 95 %.
- Every name that is used exists: steps, forms, rules, sources, duties. Every step can be reached
  from a rule, a counter or something in `opened_by`, and from every step a way leads to an end.
- A step is done when its evidence is there, never by a tick.
- A share rule counts all absence. A rule that counts only invalid absence is refused: sickness
  and granted leave have the same consequences for the pupil.
- `version` is raised whenever anything changes; keys may be added to the schema, but a key's
  meaning never changes without a new `schema`.
"""


ADAPTING = """\
## Local adaptation

A school that does otherwise writes what it adds or makes stricter, never a copy. There are no tables
for rules, scope, counters, ladders or the way between steps: an adaptation can neither hide a flag nor
take away a step or a forced move. A deadline may be shorter in its own unit, and the number beside the
law's word smaller; the common owner still takes part; a form that is added has to be signed too.

It names the version it was written for. When the common version moves, `misfits` says every part that
no longer fits; what still fits is moved knowingly. `differences` says in both languages what is common,
what is here, who decided it and why.
"""

PACKAGING = """\
## A routine as one package

`pack` makes one zip of a programme's file, a school's adaptation, the files of its forms with their
letters, and the routine's texts; the same parts give the same bytes. `unpack` takes it in at another
municipality: at most 5 MB, 200 parts of 1 MB each and 20 MB in all, known names only, every part's sum as
the list says, and a programme, an adaptation, forms and texts without faults. All faults are told at
once, and nothing is written to disk.

- `package.json`: the form of the package, 1, and the SHA-256 of every part; `made_by`, whose routine it
  is, and `licence`, what others may do with it (CC0-1.0, CC-BY-4.0, CC-BY-SA-4.0 or EUPL-1.2), both or
  neither
- `programme.toml`: the common programme
- `adaptation.toml`: a local adaptation of it, when there is one
- `forms/ID.toml`: each form that comes along
- `texts.json`: documents of the routine, each with `name`, `place` in the order, `form` (the id of the form it
  explains, or nothing) and `text`
"""


def write_reference() -> str:
    """The whole page as Markdown."""
    return "\n".join(_parts()).rstrip() + "\n"


def _parts() -> Iterator[str]:
    yield INTRODUCTION
    yield "## Keys\n"
    for table in (TOP, *TABLES):
        yield from describe_table(table)
    yield ADAPTING
    for table in (ADAPTATION_TOP, *ADAPTATION_TABLES):
        yield from describe_table(table)
    yield PACKAGING
    yield "## Roles\n"
    yield grid(("word", "Swedish", "English"), ((f"`{r}`", *text) for r, text in ROLES.items()))
    yield "## Shipped programmes\n"
    for programme in map(load, programme_ids()):
        yield from _programme(programme)


def _programme(programme: Programme) -> Iterator[str]:
    yield f"### `{programme.id}`, version {programme.version}: {programme.name.en}\n"
    yield f"{programme.name.sv}. {programme.about.en if programme.about else ''}\n"
    yield "\n".join(_facts(programme)) + "\n"
    header = ("step", "owner", "within", "stage", "done when", "leads to")
    yield grid(header, map(_step, programme.steps))
    if programme.assumptions:
        yield "Assumed, because no source states it:\n"
        yield "\n".join(f"- `{place}`: {text.en}" for place, text in programme.assumptions) + "\n"


def _facts(programme: Programme) -> Iterator[str]:
    yield f"- In force: {dates_in_words(programme, 'en')}"
    yield f"- Scope: {scope_in_words(programme, 'en')}; schools: {_schools(programme)}"
    target = per_cent_in_words(programme.registration.target, "en")
    yield f"- Registration: {target} acknowledged"
    together = programme.collaboration
    days = ", ".join(f"{kind} {number}" for kind, number in together.referral_days.items())
    yield (
        f"- Collaboration: {together.meeting_name.en} within {together.days_to_meet} days, "
        f"followed up after {together.followup_days}; days for a referral: {days}"
    )
    for rule in programme.rules:
        words = f"{rule_in_words(rule, 'en')}, at {check_days_in_words(rule, 'en')}"
        yield f"- Rule `{rule.id}`: {words}; leads to `{rule.leads_to}`"
    if not programme.rules:
        yield "- No rule: cases are opened by people"
    for counter in programme.counters:
        words = f"{counter.limit} {counter.counts} in a school year lead to"
        task = f"a task for: {ROLES[counter.task_for or 'principal'].en}"
        yield f"- Counter `{counter.id}`: {words} `{counter.leads_to}`, {task}"
    for prompt in programme.prompts:
        yield f"- Think of `{prompt.id}`: {prompt.text.en}"
    for tier in programme.tiers:
        yield f"- Level {tier.level}: {tier.what.en}"
    for cadence in programme.cadence:
        yield f"- {_rhythm(cadence.every)}: {cadence.name.en}"
    for places in programme.places:
        yield f"- {places.name.en}: {places.count}"


def _schools(programme: Programme) -> str:
    if programme.scope.schools == "all":
        return "all"
    return "as `participations` says of " + " or ".join(
        f"`{name}`" for name in programme.scope.participations
    )


def _rhythm(rhythm: Rhythm) -> str:
    if rhythm.kind == "days":
        return f"Every {rhythm.number} days"
    times = "Once" if rhythm.number == 1 else f"{rhythm.number} times"
    return f"{times} per {rhythm.kind}"


def _step(step: Step) -> tuple[str, ...]:
    leads_to = [f"`{name}`" for name in step.leads_to]
    beside = [f"beside it `{name}`" for name in step.also_begins]
    stages = [stage for stage in (step.stage, step.stage_when_done) if stage]
    return (
        f"`{step.id}` {step.name.en}",
        ROLES[step.owner].en,
        _deadline(step),
        " → ".join(stages),
        ", ".join(f"`{':'.join(filter(None, evidence))}`" for evidence in step.evidence),
        ", ".join(leads_to + beside),
    )


def _deadline(step: Step) -> str:
    """The deadline's own word or number, and the school days a word stands for."""
    if step.deadline and step.deadline.number:
        return f"{step.deadline.number} {step.deadline.kind}"
    days = f"{step.within} school-days" if step.within else ""
    if not step.deadline:
        return days
    return f"{step.deadline.kind} ({days})" if days else step.deadline.kind


if __name__ == "__main__":
    sys.stdout.write(write_reference())
