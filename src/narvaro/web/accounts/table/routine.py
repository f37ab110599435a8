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
MAKERS = frozenset({Role.PROJECT_LEADER, Role.COMMUNICATOR})
DECIDING = frozenset({Role.PROJECT_LEADER})
LEADING = ((AREA, Relation.OWN_AREA), (WHOLE_AUTHORITY, Relation.OWN_AUTHORITY))

# How the municipality works is no secret: nothing of a pupil stands there
allow("routine.read", (EVERYONE, Relation.OWN_AUTHORITY))
allow("routine.school", (SCHOOL_STAFF | CLASS_STAFF | VISITING, Relation.OWN_SCHOOL), *LEADING)
allow("routine.schools", *LEADING)
allow("routine.adapt", (PRINCIPAL, Relation.OWN_SCHOOL))
allow("routine.end", (PRINCIPAL, Relation.OWN_SCHOOL))
# Packed for others, and packages of others, by who makes the routine's documents; who leads reads
allow("routine.share", (MAKERS, Relation.OWN_AUTHORITY))
allow("routine.proposals", (WHOLE_AUTHORITY | MAKERS, Relation.OWN_AUTHORITY))
allow("routine.proposal", (WHOLE_AUTHORITY | MAKERS, Relation.OWN_AUTHORITY))
allow("routine.propose", (MAKERS, Relation.OWN_AUTHORITY))
allow("routine.put_aside", (MAKERS, Relation.OWN_AUTHORITY))
# What all schools follow is decided where the documents of the routine are begun
allow("routine.use", (DECIDING, Relation.OWN_AUTHORITY))
allow("routine.take_back", (DECIDING, Relation.OWN_AUTHORITY))
allow("routine.drafts", (DECIDING, Relation.OWN_AUTHORITY))
