"""Every write about plans."""

from narvaro.web.plans.actions.drafting import MOST_EFFORTS, Doing, Shared, start, write, write_own
from narvaro.web.plans.actions.following import Followed, follow_up, new_version
from narvaro.web.plans.actions.signing import NotWhole, gaps_of, hash_of, own_hash_of, sign

__all__ = [
    "MOST_EFFORTS",
    "Doing",
    "Followed",
    "NotWhole",
    "Shared",
    "follow_up",
    "gaps_of",
    "hash_of",
    "new_version",
    "own_hash_of",
    "sign",
    "start",
    "write",
    "write_own",
]
