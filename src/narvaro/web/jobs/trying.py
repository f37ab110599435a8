"""One attempt at a job: run its handler while a thread says that we live, and write how it ended."""

from __future__ import annotations

import logging
import os
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import DatabaseError, OperationalError, connection, connections

from narvaro.errors import (
    HeldForConfirmation,
    LedgerBusy,
    NarvaroError,
    SourceUnreachable,
    StorageFailed,
)
from narvaro.web.jobs import leases
from narvaro.web.jobs.handlers import Kind, Running, kind_of
from narvaro.web.jobs.models import Job, Outcome

log = logging.getLogger("narvaro.jobs")

BEAT_SECONDS = 5.0
OVERRUN_EXIT = 75
PASSING = (LedgerBusy, SourceUnreachable, StorageFailed)
"""Errors that another attempt may not meet."""


class Stopped(BaseException):
    """The worker was asked to stop, or lost the job; no handler is to swallow it."""


@dataclass(slots=True)
class Beating:
    """Beats for a job from a thread of its own, and knows whether the job is still ours."""

    job: Job
    kind: Kind
    seconds: float = BEAT_SECONDS
    is_lost: bool = False
    stopping: Callable[[], bool] = field(default=lambda: False)
    _said: tuple[str, int, int | None] = ("", 0, None)
    _over: threading.Event = field(default_factory=threading.Event)

    def progress(self, what: str, done: int, of: int | None) -> None:
        """What the handler calls. Raises Stopped when it is to end here."""
        self._said = (what, done, of)
        if self.is_lost or self.stopping():
            raise Stopped

    def beat(self) -> None:
        """Once; a database that is locked or away is tried again at the next beat."""
        try:
            self.is_lost = not leases.keep(self.job, *self._said)
        except DatabaseError:
            log.warning("a beat could not be written")

    def __enter__(self) -> Beating:
        if self.seconds:
            threading.Thread(target=self._go_on, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def _go_on(self) -> None:
        began = time.monotonic()
        try:
            while not self._over.wait(self.seconds) and not self.is_lost:
                if time.monotonic() - began > self.kind.at_most_minutes * 60:
                    log.error("the job %s has taken too long; the worker ends", self.kind.name)
                    os._exit(OVERRUN_EXIT)
                self.beat()
        finally:
            connections.close_all()


def attempt(
    job: Job, *, beat_seconds: float = BEAT_SECONDS, stopping: Callable[[], bool] = lambda: False
) -> None:
    """Do a job that `leases.claim` gave us, and write what became of it."""
    try:
        kind = kind_of(job.kind)
    except NarvaroError as error:
        leases.finish(job, Outcome.FAILED, error_kind=type(error).__name__, error=str(error))
        return
    if job.attempts > kind.attempts:
        words = "The worker ended in the middle of it, time after time."
        leases.finish(job, Outcome.FAILED, error_kind="WorkerDied", error=words)
        return
    with Beating(job, kind, seconds=beat_seconds, stopping=stopping) as beating:
        _attempt(job, kind, beating)


def _attempt(job: Job, kind: Kind, beating: Beating) -> None:
    running = Running(
        job.public_id, job.arguments, job.asked_at, job.attempts, progress=beating.progress
    )
    try:
        result = kind.run(running)
    except Stopped:
        leases.give_back(job)
    except Exception as error:  # noqa: BLE001  whatever a handler does, the worker goes on
        _failed(job, kind, error)
    else:
        leases.finish(job, Outcome.DONE, result=result)


def _failed(job: Job, kind: Kind, error: Exception) -> None:
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    name, words = type(error).__name__, words_of(error)
    log.warning("the job %s did not go well: %s", kind.name, name)
    if isinstance(error, HeldForConfirmation):
        leases.finish(job, Outcome.HELD, error_kind=name, error=words)
    elif may_pass(error) and job.attempts < kind.attempts:
        leases.wait_and_try(job, name, words)
    else:
        leases.finish(job, Outcome.FAILED, error_kind=name, error=words)


def may_pass(error: Exception) -> bool:
    """Whether trying again may help: what we refuse, we refuse again."""
    return isinstance(error, PASSING) or not isinstance(error, NarvaroError)


def words_of(error: Exception) -> str:
    """Our own sentence; of any other error the place in our code alone, for it may hold data."""
    if isinstance(error, NarvaroError):
        return str(error)
    if isinstance(error, OperationalError):
        return "The database was locked or away."
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{place.name}:{place.lineno}"
