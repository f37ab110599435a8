"""New flags: who sees them, and who decides what each leads to."""

from narvaro.web.accounts.permissions import SCHOOL_STAFF, Relation, allow
from narvaro.web.accounts.roles import LEADERS, Role

NEAR = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), ({Role.MENTOR}, Relation.OWN_CLASS))

allow("inbox.flags", *NEAR, reads_pupils=True)
allow("inbox.flag", *NEAR, reads_pupils=True)
allow("inbox.accept", *NEAR)
allow("inbox.decline", *NEAR, reads_pupils=True)
# What one has answered oneself, the same day
allow("inbox.take_back", *NEAR)
# High absence and nothing done yet: pupils for the school's own, counts for those over schools
allow("inbox.handling", (SCHOOL_STAFF, Relation.OWN_SCHOOL), reads_pupils=True)
allow(
    "inbox.handling_counts",
    ({Role.AREA_MANAGER}, Relation.OWN_AREA),
    ({Role.HEAD_OF_SCHOOLS}, Relation.OWN_AUTHORITY),
)
# What waits to be written, by teacher: for the leaders of the own school alone
allow("inbox.waiting_by_teacher", (LEADERS, Relation.OWN_SCHOOL))
