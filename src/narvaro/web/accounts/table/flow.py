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
# When did you know, what did you do: of one case, asked for with a reason and logged as taken out
allow("inspector.case", (LEADERS, Relation.OWN_SCHOOL), reads_pupils=True)
allow("inspector.pdf", (LEADERS, Relation.OWN_SCHOOL), reads_pupils=True)
# The same of a school without pupils
allow(
    "inspector.school",
    ({Role.HEAD_OF_SCHOOLS}, Relation.OWN_AUTHORITY),
    ({Role.AREA_MANAGER}, Relation.OWN_AREA),
    (LEADERS, Relation.OWN_SCHOOL),
)
