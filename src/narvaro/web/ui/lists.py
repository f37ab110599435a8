"""Values for the shared lists: the lines of a sum, the steps of a way, the events of a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sum. `kind`: a part of the one above, or a total with a rule over it."""

    words: str
    amount: str
    kind: Literal["", "part-of", "total"] = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: done, now or to come; under its title who has it and until when."""

    title: str
    state: Literal["done", "now", "later"]
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `mark`: flag, measure, note, or none (a ring)."""

    when: str
    title: str
    text: str = ""
    mark: Literal["", "flag", "measure", "note"] = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A word and what it is: `Fact("Ansvarig", "Bo Exempelsson")`."""

    words: str
    value: str
    url: str = ""
