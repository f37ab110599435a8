"""Emergencies: a pupil of the own authority, out of reach otherwise; reviewed by a second person."""

from narvaro.web.accounts.permissions import SCHOOL_STAFF, Relation, allow
from narvaro.web.accounts.roles import Role

# Who is called when something happens. Teachers and mentors call them; other authorities never
OPENERS = SCHOOL_STAFF | {Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
REVIEWERS = (
    ({Role.PRINCIPAL}, Relation.OWN_SCHOOL),
    ({Role.DATA_PROTECTION_OFFICER, Role.HEAD_OF_SCHOOLS}, Relation.OWN_AUTHORITY),
)

allow("emergency.open", (OPENERS, Relation.OWN_AUTHORITY))
allow("emergency.page", (OPENERS, Relation.SELF), reads_pupils=True)
allow("emergency.reviews", *REVIEWERS)
allow("emergency.review", *REVIEWERS, reads_pupils=True)
