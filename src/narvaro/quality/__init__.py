"""How far a lesson, class, school or month can be trusted."""

from narvaro.quality.contradictions import Contradiction, contradictions
from narvaro.quality.counting import LessonCounts
from narvaro.quality.registration import TARGET, Registration, registration
from narvaro.quality.status import TermStatus, school_term_status
from narvaro.quality.verdicts import Verdict, months_of, verdicts

__all__ = [
    "TARGET",
    "Contradiction",
    "LessonCounts",
    "Registration",
    "TermStatus",
    "Verdict",
    "contradictions",
    "months_of",
    "registration",
    "school_term_status",
    "verdicts",
]
