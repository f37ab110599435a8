"""Plans: the part that can be shared, the school's own part, and how it was followed up."""

from narvaro.web.plans.models.following import FollowUp, Outcome
from narvaro.web.plans.models.own import OwnPart
from narvaro.web.plans.models.plan import Effort, Plan, Plans, PlanVersion, Silence, Who

__all__ = [
    "Effort",
    "FollowUp",
    "Outcome",
    "OwnPart",
    "Plan",
    "PlanVersion",
    "Plans",
    "Silence",
    "Who",
]
