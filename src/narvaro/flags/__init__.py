"""Programme and measures make flags; counters; explanations."""

from narvaro.flags.combination import Combination
from narvaro.flags.explain import Explanation, explain
from narvaro.flags.flag import Flag, flag
from narvaro.flags.outcome import Certainty, Judgement, Outcome, judge
from narvaro.flags.what_if import Tried, what_if

__all__ = [
    "Certainty",
    "Combination",
    "Explanation",
    "Flag",
    "Judgement",
    "Outcome",
    "Tried",
    "explain",
    "flag",
    "judge",
    "what_if",
]
