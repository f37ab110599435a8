"""What is asked today, in some schools or of one teacher: evidence and noted facts together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from narvaro.web.accounts.models import Account
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
    evidence, wanted = evidence_at(viewer.now), tuple(schools)
    if evidence is None or not wanted:
        return ()
    since = viewer.today - HALF_A_YEAR - timedelta(days=1)
    facts = facts_of(viewer.authority, wanted, since=since, on=viewer.today)
    return tuple(one for school in wanted for one in asked_at(evidence, school, facts))


def asked_of_me(viewer: Viewer) -> tuple[Asked, ...]:
    """Every lesson of the viewer's own that is asked for today, explained or not."""
    evidence = evidence_at(viewer.now)
    if evidence is None or not viewer.staff_keys:
        return ()
    return own(evidence, viewer.account, viewer)


def own(evidence: Evidence, account: Account, viewer: Viewer) -> tuple[Asked, ...]:
    """What is asked of an account by the evidence."""
    lessons = evidence.open_lessons_of(frozenset(account.staff_keys))
    since = viewer.today - HALF_A_YEAR - timedelta(days=1)
    schools = {one.school for one in lessons}
    facts = facts_of(viewer.authority, schools, since=since, on=viewer.today)
    return asked_of(evidence, account, facts)


def waiting(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Those that wait for their teacher: nobody has said why not."""
    return tuple(one for one in asked if one.cause == Cause.UNKNOWN)
