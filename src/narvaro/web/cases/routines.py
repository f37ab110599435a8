"""Which routine a case follows: the common one as it stood, with what its school does otherwise."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from narvaro.programmes import (
    Programme,
    Step,
    adapt,
    load_text,
    programme_ids,
    read_adaptation,
    text_of,
)
from narvaro.web.accounts.models import Unit, on_day
from narvaro.web.cases.models import Adaptation, Case, Routine
from narvaro.web.figures.facts import programmes_in_force
from narvaro.web.projects.in_use import text_by_digest

OWN = "boras-recommended"
"""The routine of schools when no programme in force has steps: the recommended working model."""


def routine_in_force(day: date, *, at: datetime) -> Routine:
    """The routine that a case opened on a day follows; kept as it stands from now on."""
    programme = programme_in_force(day)
    kept, _ = Routine.objects.get_or_create(
        digest=programme.fingerprint,
        defaults={
            "programme": programme.id,
            "version": programme.version,
            "text": text_kept(programme),
            "kept_at": at,
        },
    )
    return kept


def programme_in_force(day: date) -> Programme:
    """The common routine of a day: the first programme with steps, else the recommended model."""
    with_steps = [one for one in programmes_in_force(day) if one.steps]
    return with_steps[0] if with_steps else _own()


def adaptation_of(school: Unit, routine: Routine, day: date) -> Adaptation | None:
    """What a school does otherwise on a day; of two that meet on it, the one decided last."""
    here = Adaptation.objects.filter(on_day(day), school=school, routine=routine)
    return here.order_by("pk").last()


def common_of(routine: Routine) -> Programme:
    """The common routine as it was kept."""
    return _read(routine.digest, routine.text)


def adapted_by(adaptation: Adaptation) -> Programme:
    """The common routine as it was kept, with what a school does otherwise laid on it."""
    routine = adaptation.routine
    return _with(routine.digest, routine.text, adaptation.text)


def programme_of(case: Case) -> Programme:
    """The routine as the case follows it: as its school had adapted it when the case came there."""
    return common_of(case.routine) if case.adaptation is None else adapted_by(case.adaptation)


def step_of(programme: Programme, step: str) -> Step | None:
    """A step by its id; None when this version has none such."""
    return next((one for one in programme.steps if one.id == step), None)


def first_step(programme: Programme) -> str:
    """Where a case begins: what a rule leads to, else the first step that no lesson opens."""
    for rule in programme.rules:
        if rule.leads_to:
            return rule.leads_to
    known = [one.id for one in programme.steps if "lesson" not in one.opened_by]
    return (known or [programme.steps[0].id])[0]


def text_kept(programme: Programme) -> str:
    """The text of the file that a programme was read from."""
    if programme.id in programme_ids():
        shipped = text_of(programme.id)
        if load_text(shipped).fingerprint == programme.fingerprint:
            return shipped
    found = text_by_digest(programme.fingerprint)
    if found is None:
        raise RuntimeError("the programme's file was changed while it was read")
    return found


@lru_cache(maxsize=64)
def _read(digest: str, text: str) -> Programme:  # noqa: ARG001
    return load_text(text)


@lru_cache(maxsize=1)
def _own() -> Programme:
    return load_text(text_of(OWN))


@lru_cache(maxsize=256)
def _with(digest: str, text: str, adaptation: str) -> Programme:
    return adapt(_read(digest, text), read_adaptation(adaptation.encode("utf-8")))
