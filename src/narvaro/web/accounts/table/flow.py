"""How the routine runs: steps in time, how far pupils come, and what an inspector asks."""

from narvaro.web.accounts.permissions import Relation, allow
from narvaro.web.accounts.roles import LEADERS, Role

AUTHORITY = frozenset({Role.HEAD_OF_SCHOOLS, Role.PROJECT_LEADER, Role.ANALYST})

allow("flow.municipality", (AUTHORITY, Relation.OWN_AUTHORITY))
allow(
    "flow.area",
    (AUTHORITY, Relation.OWN_AUTHORITY),
    ({Role.AREA_MANAGER}, Relation.OWN_AREA),
)
# The school's counts; which steps are late stands on it by `flow.late`
allow(
    "flow.school",
    (AUTHORITY, Relation.OWN_AUTHORITY),
    ({Role.AREA_MANAGER}, Relation.OWN_AREA),
    (LEADERS, Relation.OWN_SCHOOL),
)
allow("flow.late", (LEADERS, Relation.OWN_SCHOOL), reads_pupils=True)
