"""Registration quality: goals, status, what is not acknowledged and why."""

from narvaro.web.accounts.permissions import (
    CLASS_STAFF,
    SCHOOL_STAFF,
    WHOLE_AUTHORITY,
    Relation,
    allow,
)
from narvaro.web.accounts.roles import LEADERS, Role

_ABOVE = (
    (WHOLE_AUTHORITY, Relation.OWN_AUTHORITY),
    ({Role.AREA_MANAGER}, Relation.OWN_AREA),
)
_OWN = CLASS_STAFF | {Role.SPECIAL_EDUCATOR}

allow("registration.view", *_ABOVE, (SCHOOL_STAFF, Relation.OWN_SCHOOL))
allow("registration.school", *_ABOVE, (SCHOOL_STAFF, Relation.OWN_SCHOOL))
# Lessons without pupils' names; teachers' names only by `registration.teachers`
allow("registration.lessons", *_ABOVE, (LEADERS, Relation.OWN_SCHOOL))
allow(
    "registration.explain",
    ({Role.SYSTEM_OWNER}, Relation.OWN_AUTHORITY),
    (LEADERS, Relation.OWN_SCHOOL),
)
allow(
    "registration.ask",
    ({Role.SYSTEM_OWNER, Role.PROJECT_LEADER}, Relation.OWN_AUTHORITY),
    ({Role.AREA_MANAGER}, Relation.OWN_AREA),
    (LEADERS, Relation.OWN_SCHOOL),
)
allow(
    "registration.take_back",
    ({Role.SYSTEM_OWNER}, Relation.OWN_AUTHORITY),
    (LEADERS, Relation.OWN_SCHOOL),
    (_OWN, Relation.SELF),
)
# The figures of one teacher: for the teacher, and for the principal of the own school alone
allow("registration.own", (_OWN, Relation.SELF))
allow("registration.explain_own", (_OWN, Relation.SELF))
allow("registration.teachers", ({Role.PRINCIPAL}, Relation.OWN_SCHOOL))
allow("registration.help", *_ABOVE, (LEADERS, Relation.OWN_SCHOOL))
allow("registration.resolve_help", *_ABOVE, (LEADERS, Relation.OWN_SCHOOL))
allow(
    "registration.class",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    (CLASS_STAFF, Relation.OWN_CLASS),
    reads_pupils=True,
)
allow("registration.contradictions", (SCHOOL_STAFF, Relation.OWN_SCHOOL), reads_pupils=True)
