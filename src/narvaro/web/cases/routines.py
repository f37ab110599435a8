"""Which routine a case follows: the common one as it stood, with what its school does otherwise."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.conf import settings

from narvaro.programmes import Programme, Step, load_text, programme_ids, text_of
from narvaro.web.accounts.models import Unit, on_day
from narvaro.web.cases.models import Adaptation, Case, Routine
from narvaro.web.figures.facts import programmes_in_force

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
            "text": _text_of(programme),
            "kept_at": at,
        },
    )
    return kept


def programme_in_force(day: date) -> Programme:
    """The common routine of a day: the first programme with steps, else the recommended model."""
    with_steps = [one for one in programmes_in_force(day) if one.steps]
    return with_steps[0] if with_steps else _own()


def adaptation_of(school: Unit, routine: Routine, day: date) -> Adaptation | None:
    """What a school does otherwise on a day."""
    return Adaptation.objects.filter(on_day(day), school=school, routine=routine).last()


def common_of(routine: Routine) -> Programme:
    """The common routine as it was kept."""
    return _read(routine.digest, routine.text)


def programme_of(case: Case) -> Programme:
    """The routine as the case follows it."""
    return common_of(case.routine)


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


def _text_of(programme: Programme) -> str:
    """The text of the file that a programme was read from."""
    if programme.id in programme_ids():
        shipped = text_of(programme.id)
        if load_text(shipped).fingerprint == programme.fingerprint:
            return shipped
    for path in sorted(settings.PROGRAMME_FOLDER.glob("*.toml")):
        text = text_of(path)
        if load_text(text).fingerprint == programme.fingerprint:
            return text
    raise RuntimeError("the programme's file was changed while it was read")


@lru_cache(maxsize=64)
def _read(digest: str, text: str) -> Programme:  # noqa: ARG001
    return load_text(text)


@lru_cache(maxsize=1)
def _own() -> Programme:
    return load_text(text_of(OWN))
