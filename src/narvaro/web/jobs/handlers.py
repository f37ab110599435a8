"""Which function does which kind of job. Apps register theirs in `offers.py`, at the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from narvaro.errors import BadRequest
from narvaro.web.jobs.recurrence import read_rule

Progress = Callable[[str, int, int | None], None]
Result = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Running:
    """A job as its handler sees it: what was asked, about when, and how to tell of progress.

    `progress(what, done, of)` also lets the job be stopped: call it now and then.
    """

    public_id: str
    arguments: Mapping[str, Any]
    asked_at: datetime
    attempt: int
    progress: Progress


Handler = Callable[[Running], Result]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its handler, the words for it, how often it is tried, how long it may take."""

    name: str
    title: Any
    run: Handler
    attempts: int = 5
    at_most_minutes: int = 120


@dataclass(frozen=True, slots=True)
class Standing:
    """A schedule that an app wants to be there from the start."""

    name: str
    kind: str
    rule: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


KINDS: dict[str, Kind] = {}
STANDING: dict[str, Standing] = {}
FOLLOWERS: dict[str, list[str]] = {}


def offer_job(
    name: str, title: Any, run: Handler, *, attempts: int = 5, at_most_minutes: int = 120
) -> None:
    """Register a kind of job.

    `run` takes a `Running` and returns counts or opaque ids, or None. It may be run again after
    it was killed at any moment: what it has done once must not be done twice by that.
    """
    KINDS[name] = Kind(name, title, run, attempts, at_most_minutes)


def offer_schedule(
    name: str, kind: str, rule: str, arguments: Mapping[str, Any] | None = None
) -> None:
    """Register a schedule that is made at the worker's first start; a changed rule is kept."""
    read_rule(rule)
    STANDING[name] = Standing(name, kind, rule, dict(arguments or {}))


def follow(event: str, kind: str) -> None:
    """Queue a kind of job each time another app tells of an event (`actions.tell`)."""
    FOLLOWERS.setdefault(event, []).append(kind)


def kind_of(name: str) -> Kind:
    """A registered kind. Raises BadRequest for a job that no app knows (any more)."""
    if name not in KINDS:
        raise BadRequest("No app does this kind of job.", remedy="It may be from an older version.")
    return KINDS[name]
