"""The parts of a routine as values: its steps, what completes them, and who is told when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from narvaro.programmes.model import Deadline, Sourced
from narvaro.programmes.roles import Text

OWNER = "owner"
"""In a ladder or a reminder: whoever owns the step, whatever their role is."""


class Evidence(NamedTuple):
    """What shows that a step is done; never a tick.

    `kind` is `form` (the form `name` is signed), `meeting` (held, of the cadence `name` when one
    is named), `event` (the event `name` is recorded) or `decision` (the decision that leaves the
    step, with its reason).
    """

    kind: Literal["form", "meeting", "event", "decision"]
    name: str = ""


class Offset(NamedTuple):
    """School days from a deadline: negative before it, positive after it."""

    school_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Sourced):
    """One step of the routine: who owns it, what it needs, and what it can lead to.

    `also_begins` are steps that begin as tasks beside it, the day it begins.
    `within` is the municipality's own number of school days for a deadline that is a word, and
    for a step without any. In a loaded programme it and `evidence` are always there.
    """

    id: str
    name: Text
    when: Text | None
    guidance: tuple[Text, ...]
    opened_by: tuple[str, ...]
    owner: str
    takes_part: tuple[str, ...]
    forms: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    stage: str | None
    stage_when_done: str | None
    deadline: Deadline | None
    within: int | None
    lasts: bool
    also_begins: tuple[str, ...]
    leads_to: tuple[str, ...]
    may_end: tuple[str, ...]
    law: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine(Sourced):
    """How steps are run where they do not say it themselves; all numbers are school days.

    `no_show_after` counts attempts to reach a guardian or meetings nobody came to; then
    `no_show_role` decides how to go on.
    """

    promptly_within: int
    otherwise_within: int
    watch_for: int
    watch_at_most: int
    no_show_after: int
    no_show_role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence(Sourced):
    """From so many school days overdue on, a step is seen by a role."""

    after: Offset
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(Sourced):
    """A reminder so many school days before or after a deadline; of all steps when none is named."""

    at: Offset
    role: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt(Sourced):
    """Something to think of in a step; of all steps when none is named."""

    id: str
    steps: tuple[str, ...]
    text: Text
