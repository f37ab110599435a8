"""Similar lessons are one row: the same school and cause, and for what a teacher does, subject."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from narvaro.web.figures.registration.asking import Asked, Cause, Solver

BY_SUBJECT = frozenset({Cause.UNKNOWN, Cause.SUBSTITUTE, Cause.CANCELLED, Cause.DONE_AT_SOURCE})
"""Causes that concern a subject's teacher; the others concern a school."""


@dataclass(frozen=True)
class Gathered:
    """Lessons of one school that share a cause, and where a teacher is meant a subject."""

    school: str
    cause: Cause
    subject: str
    asked: tuple[Asked, ...]

    @property
    def key(self) -> str:
        """Names the row in an address; tells nothing by itself."""
        text = "\x1f".join((self.school, self.cause, self.subject))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def solver(self) -> Solver:
        """Who can do something about it."""
        return self.asked[0].solver

    @property
    def count(self) -> int:
        """How many lessons."""
        return len(self.asked)

    @cached_property
    def since(self) -> date:
        """The day of the earliest."""
        return min(one.lesson.day for one in self.asked)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The classes, in order."""
        return tuple(sorted({one.lesson.class_ for one in self.asked} - {""}))

    @cached_property
    def groups(self) -> int:
        """How many groups besides: their keys are their source's and say nothing to people."""
        return len({one.lesson.group for one in self.asked if not one.lesson.class_} - {""})

    @cached_property
    def teachers(self) -> tuple[str, ...]:
        """The keys of the teachers, in order."""
        return tuple(sorted({key for one in self.asked for key in one.lesson.teachers}))


def gather(asked: Iterable[Asked]) -> list[Gathered]:
    """Put similar lessons together, the largest first."""
    found: dict[tuple[str, Cause, str], list[Asked]] = {}
    for one in asked:
        subject = one.lesson.subject if one.cause in BY_SUBJECT else ""
        found.setdefault((one.lesson.school, one.cause, subject), []).append(one)
    rows = [Gathered(*key, tuple(every)) for key, every in found.items()]
    return sorted(rows, key=lambda row: (-row.count, row.since, row.school, row.key))
