"""Registration worked out before anybody asks."""

from __future__ import annotations

from narvaro.web.figures.registration.contradicting import conflicts_at
from narvaro.web.figures.registration.evidence import Evidence


def prewarm(evidence: Evidence) -> None:
    """Everything that the pages of registration ask of the ledger; what is kept costs nothing."""
    conflicts_at(evidence, "")
    for school in evidence.schools:
        evidence.class_days(school)
        evidence.teachers(school)
        evidence.onboarding(school)
        evidence.told_until(school)
        evidence.open_lessons(school)
