"""What a spec case is: registrations that are given, questions, and the answers expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

ARRIVED = "2018-08-01T06:00Z"
ASKED = "2019-01-01T00:00Z"
"""Unless a case says otherwise, everything arrives and is asked about after the school year."""


@dataclass(frozen=True)
class Measure:
    """`narvaro measure`: rows of minutes; `expected` names the columns that matter.

    With `group` one row per group, `bands` being its pupils by band; with `spells` occasions too.
    """

    window: str
    expected: str
    at: str = ""
    by: str = "pupil"
    group: str = ""
    spells: bool = False
    as_known_at: str = ASKED


@dataclass(frozen=True)
class Flags:
    """`narvaro flag`: one row per pupil in scope and rule."""

    programme: Mapping[str, Any]
    at: str
    expected: str
    as_known_at: str = ASKED


@dataclass(frozen=True)
class Quality:
    """`narvaro quality`: how much of a school's lessons was acknowledged in a month.

    Or, as `show` says: `verdicts`, the `status` of the term, or `contradictions`.
    """

    at: str
    expected: str
    show: str = "registration"
    by: str = "month"
    as_known_at: str = ASKED


@dataclass(frozen=True)
class FollowUps:
    """Meetings at a fixed distance, moved to a school day without losing their rhythm."""

    start: str
    every_days: int
    count: int
    expected: str


Ask = Measure | Flags | Quality | FollowUps


@dataclass(frozen=True)
class Told:
    """Tables that arrive together; `attendance` is short for lessons and marks."""

    tables: Mapping[str, str]
    arrived_at: str = ARRIVED


@dataclass(frozen=True)
class Case:
    """One thing that a figure means. `source` is the example or edge case it settles."""

    slug: str
    source: str
    title: str
    meaning: str
    told: tuple[Told, ...]
    asks: tuple[Ask, ...]


def case(slug: str, source: str, title: str, meaning: str, **tables: str) -> CaseInMaking:
    return CaseInMaking(slug, source, title, meaning, (Told(tables),) if tables else ())


@dataclass(frozen=True)
class CaseInMaking:
    """A case before its questions: `.arriving(...)` dates its delivery, `.then(...)` adds another,
    `.asks(...)` ends it."""

    slug: str
    source: str
    title: str
    meaning: str
    told: tuple[Told, ...] = field(default=())

    def arriving(self, arrived_at: str) -> CaseInMaking:
        return replace(self, told=(replace(self.told[0], arrived_at=arrived_at),))

    def then(self, arrived_at: str, **tables: str) -> CaseInMaking:
        return replace(self, told=(*self.told, Told(tables, arrived_at)))

    def asks(self, *asks: Ask) -> Case:
        return Case(self.slug, self.source, self.title, self.meaning, self.told, asks)


def rule(limit: str, window: str, operator: str = ">=", **more: Any) -> dict[str, Any]:
    """One rule; `limit` and `floor` in per cent, as decimal text."""
    name = f"{'over' if operator == '>' else 'from'}-{limit.replace('.', '-')}"
    return {"id": name, "window": window, "operator": operator, "limit": limit, **more}


def programme(*rules: Mapping[str, Any], **scope: Any) -> dict[str, Any]:
    """A programme of the tests; `scope` may hold `grades`, `ages` (first and last) or another `id`."""
    return {"id": "spec", "rules": list(rules), **scope}
