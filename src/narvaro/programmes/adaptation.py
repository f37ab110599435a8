"""What a school does otherwise than the common routine, as values: added or stricter, never less."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from narvaro.programmes.model import Deadline
from narvaro.programmes.roles import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StepHere:
    """What is otherwise in one step: all of it added or stricter, None and () where it is not."""

    step: str
    why: Text | None
    guidance: tuple[Text, ...]
    owner: str | None
    deadline: Deadline | None
    within: int | None
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHere:
    """A form the school has itself."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptHere:
    """Something the school wants thought of; in all steps when none is named."""

    id: str
    steps: tuple[str, ...]
    text: Text
    why: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation:
    """What a school does otherwise, who decided it and why. `fingerprint` is its file's SHA-256."""

    programme: str
    version: int
    by: str
    decided_on: date
    why: Text
    steps: tuple[StepHere, ...]
    forms: tuple[FormHere, ...]
    prompts: tuple[PromptHere, ...]
    fingerprint: str
