"""The log: reviews of what staff have seen and done. Opaque ids only, no pupil is read."""

from narvaro.web.accounts.permissions import Relation, allow
from narvaro.web.accounts.roles import Role

REVIEWERS = {Role.DATA_PROTECTION_OFFICER, Role.HEAD_OF_SCHOOLS}

allow("audit.reviews", (REVIEWERS | {Role.PRINCIPAL}, Relation.SELF))
allow(
    "audit.review",
    (REVIEWERS, Relation.OWN_AUTHORITY),
    ({Role.PRINCIPAL}, Relation.OWN_SCHOOL),
)
# Only whoever drew the sample says what was found
allow("audit.review_outcome", (REVIEWERS | {Role.PRINCIPAL}, Relation.ASSIGNED))
allow("audit.review_close", (REVIEWERS | {Role.PRINCIPAL}, Relation.ASSIGNED))
