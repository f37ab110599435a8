"""The routine: read by all, adapted by a school's principal, shared with other municipalities."""

from narvaro.web.accounts.permissions import (
    CLASS_STAFF,
    EVERYONE,
    SCHOOL_STAFF,
    WHOLE_AUTHORITY,
    Relation,
    allow,
)
from narvaro.web.accounts.roles import Role

PRINCIPAL = frozenset({Role.PRINCIPAL})
AREA = frozenset({Role.AREA_MANAGER})
VISITING = frozenset({Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER})
LEADING = ((AREA, Relation.OWN_AREA), (WHOLE_AUTHORITY, Relation.OWN_AUTHORITY))

# How the municipality works is no secret: nothing of a pupil stands there
allow("routine.read", (EVERYONE, Relation.OWN_AUTHORITY))
allow("routine.school", (SCHOOL_STAFF | CLASS_STAFF | VISITING, Relation.OWN_SCHOOL), *LEADING)
allow("routine.schools", *LEADING)
allow("routine.adapt", (PRINCIPAL, Relation.OWN_SCHOOL))
allow("routine.end", (PRINCIPAL, Relation.OWN_SCHOOL))
