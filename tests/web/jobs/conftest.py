"""Kinds of jobs that only tests know."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from narvaro.web.jobs import handlers
from narvaro.web.jobs.handlers import Handler, Running, offer_job

Offer = Callable[..., None]


@pytest.fixture
def offer() -> Iterator[Offer]:
    """Register kinds of jobs for one test."""
    before, followers = dict(handlers.KINDS), dict(handlers.FOLLOWERS)

    def register(name: str, run: Handler, *, attempts: int = 3) -> None:
        offer_job(name, name, run, attempts=attempts)

    register("test.nothing", lambda _running: None)
    yield register
    handlers.KINDS.clear()
    handlers.KINDS.update(before)
    handlers.FOLLOWERS.clear()
    handlers.FOLLOWERS.update(followers)


__all__ = ["Offer", "Running", "offer"]
