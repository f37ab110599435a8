"""Scheduled and queued work."""

from narvaro.web.accounts.permissions import Relation, allow
from narvaro.web.accounts.roles import Role

OPERATORS = {Role.SYSTEM_OWNER}

allow("jobs.list", (OPERATORS | {Role.ANALYST}, Relation.OWN_AUTHORITY))
allow("jobs.job", (OPERATORS | {Role.ANALYST}, Relation.OWN_AUTHORITY))
allow("jobs.retry", (OPERATORS, Relation.OWN_AUTHORITY))
allow("jobs.run_now", (OPERATORS, Relation.OWN_AUTHORITY))
allow("jobs.switch", (OPERATORS, Relation.OWN_AUTHORITY))
