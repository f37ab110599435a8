"""What other systems fetch with a personal key, and the keys. Near as on the pages of the same."""

from narvaro.web.accounts.permissions import (
    CLASS_STAFF,
    EVERYONE,
    SCHOOL_STAFF,
    Relation,
    allow,
    public,
)
from narvaro.web.accounts.roles import Role

NEAR = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), (CLASS_STAFF, Relation.OWN_CLASS))
VISITING = {Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
# Who comes to schools from outside reads what was given to them
READERS = (*NEAR, (VISITING, Relation.ASSIGNED))

public("api.description")
allow(
    "api.flags",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    ({Role.MENTOR}, Relation.OWN_CLASS),
    reads_pupils=True,
)
allow("api.cases", *READERS, reads_pupils=True)
allow("api.case", *READERS, reads_pupils=True)
allow("api.steps", *READERS, reads_pupils=True)
allow("api.tasks", *READERS, reads_pupils=True)
allow("api.keys", (EVERYONE, Relation.SELF))
allow("api.revoke_key", (EVERYONE, Relation.SELF))
