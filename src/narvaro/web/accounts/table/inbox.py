"""New flags: who sees them, and who decides what each leads to."""

from narvaro.web.accounts.permissions import SCHOOL_STAFF, Relation, allow
from narvaro.web.accounts.roles import Role

NEAR = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), ({Role.MENTOR}, Relation.OWN_CLASS))

allow("inbox.flags", *NEAR, reads_pupils=True)
allow("inbox.flag", *NEAR, reads_pupils=True)
allow("inbox.accept", *NEAR)
allow("inbox.decline", *NEAR, reads_pupils=True)
# What one has answered oneself, the same day
allow("inbox.take_back", *NEAR)
