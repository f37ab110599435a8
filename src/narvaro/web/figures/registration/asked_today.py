"""What is asked today, in some schools or of one teacher: evidence and noted facts together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.registration.asking import (
    Asked,
    Cause,
    asked_at,
    asked_of,
    facts_of,
)
from narvaro.web.figures.registration.evidence import HALF_A_YEAR, Evidence, evidence_at


def asked_in(viewer: Viewer, schools: Iterable[str]) -> tuple[Asked, ...]:
    """Every lesson that is asked for in some schools today."""
    evidence, wanted = evidence_at(viewer.now), tuple(sorted(schools))
    if evidence is None or not wanted:
        return ()
    return _once(viewer, (wanted, evidence.stands_for), lambda: _in(evidence, viewer, wanted))


def asked_of_me(viewer: Viewer) -> tuple[Asked, ...]:
    """Every lesson of the viewer's own that is asked for today, explained or not."""
    evidence = evidence_at(viewer.now)
    if evidence is None or not viewer.staff_keys:
        return ()
    return _once(viewer, ((), evidence.stands_for), lambda: _own(evidence, viewer))


def _in(evidence: Evidence, viewer: Viewer, schools: tuple[str, ...]) -> tuple[Asked, ...]:
    facts = facts_of(viewer.authority, schools, since=_since(viewer), on=viewer.today)
    return tuple(one for school in schools for one in asked_at(evidence, school, facts))


def _own(evidence: Evidence, viewer: Viewer) -> tuple[Asked, ...]:
    lessons = evidence.open_lessons_of(frozenset(viewer.staff_keys))
    schools = {one.school for one in lessons}
    if not schools:
        return ()
    facts = facts_of(viewer.authority, schools, since=_since(viewer), on=viewer.today)
    return asked_of(evidence, viewer.account, facts)


def _since(viewer: Viewer) -> date:
    return viewer.today - HALF_A_YEAR - timedelta(days=1)


def _once(viewer: Viewer, name: object, make: Callable[[], tuple[Asked, ...]]) -> tuple[Asked, ...]:
    """A viewer lives for one request, in which menu, queue and page ask the same thing."""
    kept: dict[object, tuple[Asked, ...]] = viewer.__dict__.setdefault("_asked_today", {})
    if name not in kept:
        kept[name] = make()
    return kept[name]


def waiting(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Those that wait for their teacher: nobody has said why not."""
    return tuple(one for one in asked if one.cause == Cause.UNKNOWN)
