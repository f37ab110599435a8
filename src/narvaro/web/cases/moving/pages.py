"""Frozen values for the pages of moving cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.programmes import Programme, differences
from narvaro.web.cases.models import Case, Step
from narvaro.web.cases.newer import Newer
from narvaro.web.cases.routine_pages.pages import Otherwise, rows_of
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.words import name_of_step, name_of_version
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui import written


@dataclass(frozen=True, slots=True)
class Going:
    """A step under way and what happens with it."""

    name: str
    says: str
    is_gone: bool


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A case that follows another version."""

    public_id: str
    name: str
    steps: Sequence[Going]
    version: int


@dataclass(frozen=True, slots=True)
class Version:
    """The cases of a version, and what differs from it."""

    name: str
    rows: Sequence[Otherwise]
    cases: Sequence[MoveRow]


def going_of(case: Case, newer: Newer) -> list[Going]:
    """What happens with each step under way: nothing, or another takes its place."""
    steps = [one for one in case.steps.all() if one.is_open]
    return [_going(one, programme_of(case), newer) for one in steps]


def versions_of(cases: Iterable[Case], newer: Newer) -> list[Version]:
    """The cases by the version they follow."""
    found: dict[str, list[Case]] = {}
    for one in cases:
        found.setdefault(name_of_version(one.routine, one.adaptation), []).append(one)
    return [
        Version(
            name,
            changes(some[0], newer),
            [
                MoveRow(one.public_id, name_of(one.pupil), going_of(one, newer), one.version)
                for one in some
            ],
        )
        for name, some in found.items()
    ]


def changes(case: Case, newer: Newer) -> list[Otherwise]:
    """What differs, step by step, from what the case follows to what holds now."""
    return rows_of(differences(programme_of(case), newer.programme))


def _going(step: Step, before: Programme, newer: Newer) -> Going:
    name = name_of_step(before, step.step)
    if step_of(newer.programme, step.step) is None:
        says = _(
            "Steget finns inte i den nya versionen. Det avslutas, och det steg du väljer tar vid."
        )
        return Going(name, says, is_gone=True)
    due = written.day(step.due_on) if step.due_on else _("ingen sista dag")
    says = _("Ligger kvar hos %(who)s, %(due)s. Det som är skrivet följer med.") % {
        "who": step.owner.name,
        "due": due,
    }
    return Going(name, says, is_gone=False)
