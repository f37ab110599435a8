"""Programme and measures make flags; counters; explanations."""

from narvaro.flags.explain import Explanation, explain
from narvaro.flags.flag import Flag, flag
from narvaro.flags.outcome import Certainty, Judgement, Outcome, judge

__all__ = ["Certainty", "Explanation", "Flag", "Judgement", "Outcome", "explain", "flag", "judge"]
